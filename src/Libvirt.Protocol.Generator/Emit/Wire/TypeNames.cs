using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>
/// Names and places of the wire's defined types. Arguments, results and messages are named after their procedure; other types keep their
/// program's name in front (<c>remote_nonnull_domain</c> is <c>RemoteDomain</c>).
/// </summary>
public sealed class TypeNames
{
    private static readonly string[] MessageEnds = ["_args", "_ret", "_msg"];

    private readonly Overrides _overrides;
    private readonly IReadOnlyList<string> _programs;

    /// <summary>Names the types of a model.</summary>
    public TypeNames(ProtocolModel model, Overrides overrides, Naming naming)
    {
        _overrides = overrides;
        Naming = naming;
        _programs = [.. model.Programs.Select(p => p.Name)];
    }

    /// <summary>The naming rules.</summary>
    public Naming Naming { get; }

    /// <summary>The type that stands for another one of the same shape, or the type itself.</summary>
    public string Canonical(string type) => _overrides.Find("sameAs", type) ?? type;

    /// <summary>Whether the type is a whole payload and so a class.</summary>
    public bool IsMessage(string type) =>
        MessageEnds.Any(e => type.EndsWith(e, StringComparison.Ordinal)) || _overrides.Lists("messages", Canonical(type));

    /// <summary>The C# name.</summary>
    public string Name(string type)
    {
        string canonical = Canonical(type);
        if (_overrides.Find("typeNames", canonical) is string chosen)
            return chosen;
        string program = Program(canonical);
        string rest = program.Length == 0 ? canonical["virNet".Length..] : canonical[(program.Length + 1)..];
        if (MessageEnds.Any(e => canonical.EndsWith(e, StringComparison.Ordinal)))
            return Naming.Pascal(rest);
        const string nonnull = "nonnull_";
        rest = rest.StartsWith(nonnull, StringComparison.Ordinal) ? rest[nonnull.Length..] : rest;
        return Naming.Pascal(program) + Naming.Pascal(rest);
    }

    /// <summary>The C# name of a field.</summary>
    public string Field(string type, string field) => _overrides.Find("fieldNames", $"{Canonical(type)}.{field}") ?? Naming.Pascal(field);

    /// <summary>The namespace.</summary>
    public string Namespace(string type) => ProgramNamespace(Program(Canonical(type)));

    /// <summary>The namespace of a program's types; the message header's types stand above the programs.</summary>
    public static string ProgramNamespace(string program) => program switch
    {
        "" => "Libvirt.Protocol",
        "keepalive" => "Libvirt.Protocol.KeepAlive",
        _ => $"Libvirt.Protocol.{char.ToUpperInvariant(program[0])}{program[1..]}",
    };

    /// <summary>The program whose prefix the type carries; empty for the message header's types.</summary>
    public string Program(string type) => _programs.FirstOrDefault(p => type.StartsWith(p + "_", StringComparison.Ordinal)) ?? "";
}
