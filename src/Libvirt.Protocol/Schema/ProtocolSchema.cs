using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Libvirt.Protocol.Schema;

/// <summary>The whole protocol as data, for callers that learn a procedure's name at run time. Read once, when it is first asked for.</summary>
public sealed class ProtocolSchema
{
    private static readonly Lazy<ProtocolSchema> Loaded = new(SchemaLoader.Load);

    private readonly FrozenDictionary<string, ProcedureSchema> _byName;

    internal ProtocolSchema(string release, IReadOnlyList<ProgramSchema> programs)
    {
        Release = release;
        Programs = programs;
        Dictionary<string, ProcedureSchema> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (ProcedureSchema procedure in programs.SelectMany(p => p.Procedures))
        {
            byName.Add(procedure.Name, procedure);
            byName.TryAdd($"{procedure.Program.Name}_{procedure.ShortName}", procedure);
            if (procedure.Function is not null)
                byName.TryAdd(procedure.Function, procedure);
        }

        // Short names repeat among programs; the program that comes first has them: remote before qemu, lxc, admin and keepalive.
        foreach (ProcedureSchema procedure in programs.SelectMany(p => p.Procedures))
            byName.TryAdd(procedure.ShortName, procedure);
        _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The protocol of the libvirt release that this library was generated from.</summary>
    public static ProtocolSchema Default => Loaded.Value;

    /// <summary>That release, such as <c>12.8.0</c>.</summary>
    public string Release { get; }

    /// <summary>The programs: remote, qemu, lxc, admin, keepalive.</summary>
    public IReadOnlyList<ProgramSchema> Programs { get; }

    /// <summary>
    /// Finds a procedure by any of its names, whatever their case: <c>domain_get_info</c>, <c>remote_domain_get_info</c>,
    /// <c>REMOTE_PROC_DOMAIN_GET_INFO</c> or <c>virDomainGetInfo</c>.
    /// </summary>
    public bool TryFind(string name, [NotNullWhen(true)] out ProcedureSchema? procedure) => _byName.TryGetValue(name, out procedure);
}
