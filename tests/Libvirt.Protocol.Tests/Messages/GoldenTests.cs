using Libvirt.Protocol.Remote;
using Libvirt.Protocol.Schema;

namespace Libvirt.Protocol.Tests;

public sealed class GoldenTests
{
    [Fact]
    public void At_least_sixty_procedures_of_all_families_were_recorded()
    {
        Assert.True(Decodable().Select(g => (g.Message.Program, g.Message.Header.Procedure)).Distinct().Count() >= 60);
        string[] families = ["domain", "network", "storage_pool", "storage_vol", "interface", "node", "secret", "nwfilter", "connect"];
        string[] recorded = [.. GoldenMessage.All.Where(m => m.Program == "remote").Select(m => Find(m)!.ShortName).Distinct()];
        Assert.All(families, family => Assert.Contains(recorded, name => name.StartsWith(family, StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_recorded_payload_is_read_and_written_back_byte_for_byte()
    {
        foreach ((GoldenMessage message, WireMessage type) in Decodable())
        {
            byte[] written = XdrPayload.Write(type.Codec.Read(message.Payload));
            Assert.True(message.Payload.AsSpan().SequenceEqual(written), $"{type.Name} of '{message.Source}'");
        }
    }

    [Fact]
    public void Each_recorded_payload_is_read_however_its_bytes_are_split()
    {
        foreach ((GoldenMessage message, WireMessage type) in Decodable().DistinctBy(g => g.Type.Name))
        {
            Assert.Equal(message.Payload, XdrPayload.Write(type.Codec.Read(Segments.OneByOne(message.Payload))));
            for (int offset = 0; offset <= Math.Min(message.Payload.Length, 512); offset++)
                Assert.Equal(message.Payload, XdrPayload.Write(type.Codec.Read(Segments.SplitAt(message.Payload, offset))));
        }
    }

    [Fact]
    public void Each_recorded_error_is_read_and_written_back()
    {
        GoldenMessage[] errors = [.. GoldenMessage.All.Where(m => m.Header.Status == MessageStatus.Error && m.Payload.Length > 0)];
        Assert.NotEmpty(errors);
        foreach (GoldenMessage message in errors)
        {
            RemoteError error = XdrPayload.Read<RemoteError>(message.Payload);
            Assert.NotEqual(0, error.Code);
            Assert.False(string.IsNullOrEmpty(error.Message));
            Assert.Equal(message.Payload, XdrPayload.Write(error));
        }
    }

    [Fact]
    public void A_recorded_hole_is_read_and_written_back()
    {
        GoldenMessage message = GoldenMessage.All.First(m => m.Header.Type == MessageType.StreamHole);
        StreamHole hole = XdrPayload.Read<StreamHole>(message.Payload);
        Assert.True(hole.Length > 0);
        Assert.Equal(message.Payload, XdrPayload.Write(hole));
    }

    /// <summary>Calls, good replies and events whose payload is a value of a known type.</summary>
    private static IEnumerable<(GoldenMessage Message, WireMessage Type)> Decodable()
    {
        foreach (GoldenMessage message in GoldenMessage.All)
        {
            ProcedureSchema? procedure = Find(message);
            if (procedure is null || message.PassesDescriptors || message.Header.Status != MessageStatus.Ok)
                continue;
            (StructSchema? schema, string kind) = message.Header.Type switch
            {
                MessageType.Call => (procedure.Arguments, "args"),
                MessageType.Reply => (procedure.Result, "ret"),
                MessageType.Message => (procedure.Message, "msg"),
                _ => (null, ""),
            };
            if (schema is not null)
                yield return (message, WireMessage.Get($"{procedure.Name} {kind}"));
        }
    }

    private static ProcedureSchema? Find(GoldenMessage message) => ProtocolSchema.Default.Programs
        .Single(p => p.Number == message.Header.Program).Procedures.FirstOrDefault(p => p.Number == message.Header.Procedure);
}
