namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Strips what the members of an enum have in common from their names.</summary>
public static class EnumNames
{
    /// <summary>The words that every member begins with, and none consists of.</summary>
    /// <param name="members">The members' names, upper case with underscores.</param>
    /// <param name="type">The enum's name; decides where there is one member only.</param>
    public static int CommonWords(IReadOnlyList<string> members, string type)
    {
        List<string[]> split = [.. members.Select(m => m.Split('_'))];
        if (split.Count == 1)
            return SharedWithType(split[0], type);
        int common = 0;
        while (split.All(w => w.Length > common + 1 && w[common] == split[0][common]))
            common++;
        while (common > 0 && split.Any(w => char.IsAsciiDigit(w[common][0])))
            common--;
        return common;
    }

    private static int SharedWithType(string[] member, string type)
    {
        string words = string.Concat(Naming.Words(type)).ToUpperInvariant();
        int shared = 0;
        string joined = "";
        while (shared < member.Length - 1 && words.StartsWith(joined + member[shared], StringComparison.Ordinal))
            joined += member[shared++];
        return Math.Max(shared, 1);
    }
}
