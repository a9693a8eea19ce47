namespace Libvirt.Protocol.Generator.Idl;

/// <summary>The <c>@name: value</c> lines of a comment in front of a procedure.</summary>
public sealed class Annotations
{
    private static readonly HashSet<string> Known =
        ["generate", "readstream", "writestream", "sparseflag", "priority", "acl", "aclfilter", "since"];

    private readonly List<(string Name, string Value)> _all = [];

    private Annotations()
    {
    }

    /// <summary>Reads the annotations of a procedure.</summary>
    /// <exception cref="SyntaxException">One is not known.</exception>
    public static Annotations Parse(EnumMember member)
    {
        Annotations annotations = new();
        // The explanation in front of the first procedure is a comment of its own; only the last one belongs to the member.
        foreach (string raw in member.Comment.Split('\n'))
        {
            string line = raw.Trim().TrimStart('*').Trim();
            if (!line.StartsWith('@'))
                continue;
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? line[1..] : line[1..colon];
            if (colon < 0 || !Known.Contains(name))
                throw new SyntaxException(member.Position, $"{member.Name} carries the unknown annotation '{line}'.");
            annotations._all.Add((name, line[(colon + 1)..].Trim()));
        }

        return annotations;
    }

    /// <summary>The values of an annotation in their order.</summary>
    public IReadOnlyList<string> All(string name) => [.. _all.Where(a => a.Name == name).Select(a => a.Value)];

    /// <summary>The value of an annotation that may stand once.</summary>
    public string? One(string name) => _all.Where(a => a.Name == name).Select(a => a.Value).FirstOrDefault();
}
