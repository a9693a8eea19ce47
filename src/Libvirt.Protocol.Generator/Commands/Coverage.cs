using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Commands;

/// <summary>How much of the protocol the object model covers.</summary>
internal sealed class Coverage
{
    public Coverage(ProtocolModel model, WireOnly wireOnly, int generated)
    {
        List<ModelProcedure> all = [.. model.Programs.SelectMany(p => p.Procedures)];
        Procedures = all.Count;
        Events = all.Count(p => p.Msg is not null);
        Generated = generated;
        ByHand = wireOnly.ByHand.Count;
        OnWireOnly = wireOnly.Procedures.Count
            + model.Programs.Where(p => wireOnly.Programs.ContainsKey(p.Name)).Sum(p => p.Procedures.Count(q => q.Msg is null));
    }

    /// <summary>Procedures of all programs, events included.</summary>
    public int Procedures { get; }

    /// <summary>Events among them.</summary>
    public int Events { get; }

    /// <summary>Calls with a generated method on the object model.</summary>
    public int Generated { get; }

    /// <summary>Calls with a hand-written method on the object model.</summary>
    public int ByHand { get; }

    /// <summary>Calls that are left to the wire level.</summary>
    public int OnWireOnly { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Procedures} procedures: {Events} events, {Generated} generated methods of the object model, {ByHand} by hand, "
        + $"{OnWireOnly} on the wire level only.";
}
