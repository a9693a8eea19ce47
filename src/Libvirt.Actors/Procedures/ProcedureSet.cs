using System.Collections;
using System.Collections.Frozen;
using Libvirt.Protocol;
using Libvirt.Protocol.Schema;

namespace Libvirt;

/// <summary>Some of libvirt's procedures, for settings that speak of them. Two sets of the same procedures are equal.</summary>
public sealed class ProcedureSet : IReadOnlyCollection<string>, IEquatable<ProcedureSet>
{
    // Null where there are none: every connection has such a set among its options, and sorting nothing would be a good part of a short program's time.
    private readonly FrozenSet<(uint Program, int Number)>? _procedures;
    private readonly string[] _names;

    private ProcedureSet() => _names = [];

    private ProcedureSet(IEnumerable<(uint Program, int Number, string Name)> procedures)
    {
        (uint Program, int Number, string Name)[] distinct = [.. procedures.Distinct().OrderBy(p => p.Program).ThenBy(p => p.Number)];
        _procedures = distinct.Select(p => (p.Program, p.Number)).ToFrozenSet();
        _names = [.. distinct.Select(p => p.Name)];
    }

    /// <summary>No procedure.</summary>
    public static ProcedureSet Empty { get; } = new();

    /// <summary>How many there are.</summary>
    public int Count => _names.Length;

    /// <summary>The set of these procedures.</summary>
    /// <param name="procedures">For example <c>QemuProcedures.DomainAgentCommand</c>.</param>
    public static ProcedureSet Of(params IEnumerable<Procedure> procedures) => new(procedures.Select(p => (p.Program, p.Number, p.Name)));

    /// <summary>The set of the procedures that a text names.</summary>
    /// <param name="names">
    /// Names with commas or spaces between them, in any of the forms <c>domain_managed_save</c>, <c>REMOTE_PROC_DOMAIN_MANAGED_SAVE</c>,
    /// <c>virDomainManagedSave</c>; empty for none.
    /// </param>
    /// <exception cref="FormatException">There is no procedure of such a name.</exception>
    public static ProcedureSet Parse(string names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new(names.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Find));
    }

    /// <summary>Whether a procedure is among them.</summary>
    public bool Contains(Procedure procedure)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        return _procedures?.Contains((procedure.Program, procedure.Number)) == true;
    }

    /// <inheritdoc/>
    public bool Equals(ProcedureSet? other) => other is not null && _names.AsSpan().SequenceEqual(other._names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ProcedureSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _names.Aggregate(_names.Length, static (hash, name) => HashCode.Combine(hash, name));

    /// <summary>Their names in the protocol, such as <c>REMOTE_PROC_DOMAIN_MANAGED_SAVE</c>, by program and number.</summary>
    public IEnumerator<string> GetEnumerator() => _names.AsEnumerable().GetEnumerator();

    /// <summary>The names with commas between them, as <see cref="Parse"/> takes them.</summary>
    public override string ToString() => string.Join(", ", _names);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static (uint Program, int Number, string Name) Find(string name) =>
        ProtocolSchema.Default.TryFind(name, out ProcedureSchema? found)
            ? (found.Program.Number, found.Number, found.Name)
            : throw new FormatException($"libvirt {ProtocolSchema.Default.Release} has no procedure '{name}'");
}
