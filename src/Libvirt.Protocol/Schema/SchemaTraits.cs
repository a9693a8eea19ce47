using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>Reads a procedure's traits from the model.</summary>
internal static class SchemaTraits
{
    public static ProcedureTraits Read(JsonElement json)
    {
        ProcedureTraits traits = ProcedureTraits.None;
        if (json.TryGetProperty("reading", out _))
            traits |= ProcedureTraits.Reading;
        if (json.TryGetProperty("priority", out _))
            traits |= ProcedureTraits.HighPriority;
        if (json.TryGetProperty("sparse", out _))
            traits |= ProcedureTraits.Sparse;
        traits |= Both(json, "stream", "read", ProcedureTraits.ReadStream, "write", ProcedureTraits.WriteStream);
        traits |= Both(json, "descriptors", "receive", ProcedureTraits.ReceivesDescriptors, "send", ProcedureTraits.SendsDescriptors);
        return traits;
    }

    private static ProcedureTraits Both(
        JsonElement json, string name, string first, ProcedureTraits firstTrait, string second, ProcedureTraits secondTrait)
    {
        if (!json.TryGetProperty(name, out JsonElement value))
            return ProcedureTraits.None;
        if (value.ValueEquals(first))
            return firstTrait;
        return value.ValueEquals(second) ? secondTrait : firstTrait | secondTrait;
    }
}
