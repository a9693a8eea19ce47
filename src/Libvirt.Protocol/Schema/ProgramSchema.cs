namespace Libvirt.Protocol.Schema;

/// <summary>A program: a numbered set of procedures.</summary>
public sealed class ProgramSchema
{
    internal ProgramSchema(string name, uint number, uint version, Func<ProgramSchema, IReadOnlyList<ProcedureSchema>> procedures)
    {
        Name = name;
        Number = number;
        Version = version;
        Procedures = procedures(this);
    }

    /// <summary>Its name: <c>remote</c>, <c>qemu</c>, <c>lxc</c>, <c>admin</c> or <c>keepalive</c>.</summary>
    public string Name { get; }

    /// <summary>Its number.</summary>
    public uint Number { get; }

    /// <summary>Its version.</summary>
    public uint Version { get; }

    /// <summary>Its procedures in the order of their numbers, events included.</summary>
    public IReadOnlyList<ProcedureSchema> Procedures { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
