using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>What every emitter works with: the model, the names and the files written so far.</summary>
public sealed class Emission
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiFunction> _functions;

    /// <summary>Begins an emission.</summary>
    public Emission(ProtocolModel model, Overrides overrides, Summaries summaries)
    {
        Model = model;
        Overrides = overrides;
        Summaries = summaries;
        Naming = new Naming(overrides);
        TypeNames = new TypeNames(model, overrides, Naming);
        Wire = new WireTypes(model, TypeNames);
        _functions = model.Functions.ToDictionary(f => f.Name);
    }

    /// <summary>The model.</summary>
    public ProtocolModel Model { get; }

    /// <summary>The checked-in overrides.</summary>
    public Overrides Overrides { get; }

    /// <summary>The sentences on C functions.</summary>
    public Summaries Summaries { get; }

    /// <summary>The naming rules.</summary>
    public Naming Naming { get; }

    /// <summary>The names of the wire's types.</summary>
    public TypeNames TypeNames { get; }

    /// <summary>The wire's types in C#.</summary>
    public WireTypes Wire { get; }

    /// <summary>The texts by path, relative to the checkout, with <c>/</c>.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    /// <summary>What is missing from the hand-written files, for the person who runs the generator.</summary>
    public ISet<string> Problems { get; } = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>A hand-written text from the overrides; a missing one is a problem.</summary>
    public string Text(string section, params IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (Overrides.Find(section, name) is string text)
                return text;
        }

        Problems.Add($"{Overrides.TextsFileName} has no {section} for {string.Join(" or ", names)}.");
        return "";
    }

    /// <summary>Adds a file.</summary>
    public void Add(string path, CodeWriter code) => _files.Add(path, code.ToString());

    /// <summary>The C function of a procedure, or null.</summary>
    public ApiFunction? Function(ModelProcedure procedure) => procedure.Function is null ? null : _functions[procedure.Function];

    /// <summary>The procedure's name in C#.</summary>
    public string ProcedureName(ModelProgram program, ModelProcedure procedure) =>
        Naming.Pascal(procedure.Name[(program.Name.Length + "_PROC_".Length)..]);

    /// <summary>The folder of a program's generated wire code.</summary>
    public static string Folder(string program) => program switch
    {
        "" => "src/Libvirt.Protocol/Generated",
        "keepalive" => "src/Libvirt.Protocol/KeepAlive/Generated",
        _ => $"src/Libvirt.Protocol/{char.ToUpperInvariant(program[0])}{program[1..]}/Generated",
    };

    /// <summary>A sentence that names the C function and the release, for remarks; null when neither is known.</summary>
    public string? Origin(ModelProcedure procedure)
    {
        string serves = procedure.Function is null ? "" : $"Serves <see href=\"{procedure.Address}\">{procedure.Function}</see>. ";
        string since = procedure.Since is null ? "" : $"Since libvirt {procedure.Since}.";
        string text = (serves + since).TrimEnd();
        return text.Length == 0 ? null : text;
    }
}
