using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Libvirt.Protocol.Admin;
using Libvirt.Protocol.Lxc;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;
using Libvirt.Protocol.Schema;

namespace Libvirt.Protocol.Tests;

/// <summary>One payload of the protocol in both of its forms: the generated type and the schema.</summary>
internal sealed record WireMessage(string Name, StructSchema Schema, MessageCodec Codec)
{
    private static readonly Dictionary<string, WireMessage> ByName = Find().ToDictionary(m => m.Name);

    /// <summary>The payloads of every procedure of every program.</summary>
    public static IReadOnlyCollection<WireMessage> All => ByName.Values;

    /// <summary>Their names, for theories.</summary>
    public static TheoryData<string> Names => [.. ByName.Keys];

    public static WireMessage Get(string name) => ByName[name];

    /// <summary>Payloads with any values.</summary>
    public Gen<byte[]> Payloads => Values.Select(value => SchemaCodec.Encode(Schema, value));

    /// <summary>The values of payloads, as JSON.</summary>
    public Gen<JsonElement> Values => SchemaValues.Of(Schema);

    /// <summary>A payload with values that are the same in every run.</summary>
    public byte[] SamplePayload(int seed) => Payloads.Sample(HashCodeOf(Name) + seed);

    private static IEnumerable<WireMessage> Find()
    {
        IEnumerable<Procedure> calls = RemoteProcedures.All.Concat(QemuProcedures.All).Concat(LxcProcedures.All).Concat(AdminProcedures.All);
        foreach (Procedure call in calls)
        {
            ProcedureSchema schema = SchemaOf(call.Name);
            Type[] types = call.GetType().GetGenericArguments();
            if (schema.Arguments is not null)
                yield return new WireMessage($"{call.Name} args", schema.Arguments, MessageCodec.Create(types[0]));
            if (schema.Result is not null)
                yield return new WireMessage($"{call.Name} ret", schema.Result, MessageCodec.Create(types[1]));
        }

        foreach (ProgramEvent sent in RemoteEvents.All.Concat(QemuEvents.All))
        {
            MessageCodec codec = MessageCodec.Create(sent.GetType().GetGenericArguments()[0]);
            yield return new WireMessage($"{sent.Name} msg", SchemaOf(sent.Name).Message!, codec);
        }
    }

    private static ProcedureSchema SchemaOf(string name)
    {
        Assert.True(ProtocolSchema.Default.TryFind(name, out ProcedureSchema? schema), name);
        return schema;
    }

    /// <summary>Unlike <see cref="string.GetHashCode()"/>, the same in every process.</summary>
    private static int HashCodeOf(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
