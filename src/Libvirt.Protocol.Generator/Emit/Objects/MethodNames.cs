namespace Libvirt.Protocol.Generator.Emit;

/// <summary>
/// Names the methods of the object model. A function that is named after its own object loses that name (<c>virDomainGetInfo</c> of a domain
/// is <c>GetInfo</c>, <c>virConnectListAllDomains</c> is <c>ListAllDomains</c>). In one that is named after another object, that object moves
/// behind the verb, without the words that both objects share (<c>virDomainLookupByName</c> is the hypervisor's <c>LookupDomainByName</c>,
/// <c>virNodeGetInfo</c> its <c>GetNodeInfo</c>, <c>virDomainSnapshotCreateXML</c> a domain's <c>CreateSnapshotXml</c>). The overrides name the
/// few functions that would not read as English.
/// </summary>
internal static class MethodNames
{
    private static readonly string[] Nouns =
        [.. ObjectKind.All.Select(k => k.Noun).Append("Node").OrderByDescending(n => n.Length)];

    public static string Name(Emission emission, string function, ObjectKind owner)
    {
        if (emission.Overrides.Find("methodNames", function) is string chosen)
            return chosen;
        string bare = function["vir".Length..];
        string noun = Nouns.First(n => bare.StartsWith(n, StringComparison.Ordinal));
        IReadOnlyList<string> phrase = Naming.Words(bare[noun.Length..]);
        if (noun == owner.Noun)
            return emission.Naming.Pascal(string.Join('_', phrase));
        return emission.Naming.Pascal(phrase[0]) + Subject(emission, noun, owner) + emission.Naming.Pascal(string.Join('_', phrase.Skip(1)));
    }

    private static string Subject(Emission emission, string noun, ObjectKind owner)
    {
        string subject = ObjectKind.All.FirstOrDefault(k => k.Noun == noun)?.Class ?? noun;
        IReadOnlyList<string> words = Naming.Words(subject);
        IReadOnlyList<string> shared = Naming.Words(owner.Class);
        int common = 0;
        while (common < words.Count - 1 && common < shared.Count && words[common] == shared[common])
            common++;
        return emission.Naming.Pascal(string.Join('_', words.Skip(common)));
    }
}
