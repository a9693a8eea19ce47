using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Libvirt.Protocol.Schema;

namespace Libvirt.Protocol.Tests;

public sealed class RoundTripTests
{
    private const int Samples = 10;

    public static TheoryData<string> Messages => WireMessage.Names;

    [Fact]
    public void Every_payload_of_every_program_is_under_test() =>
        Assert.Equal(ProtocolSchema.Default.Programs.SelectMany(p => p.Procedures).Sum(Payloads), WireMessage.All.Count);

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_is_read_is_written_back_byte_for_byte(string name)
    {
        WireMessage message = WireMessage.Get(name);
        Properties.Hold(message.Payloads.ToArbitrary(), payload => Assert.Equal(payload, XdrPayload.Write(message.Codec.Read(payload))), Samples);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void It_reads_the_same_however_the_bytes_are_split(string name)
    {
        WireMessage message = WireMessage.Get(name);
        byte[] payload = message.SamplePayload(1);
        Assert.Equal(payload, XdrPayload.Write(message.Codec.Read(Segments.OneByOne(payload))));
        for (int offset = 0; offset <= payload.Length; offset++)
            Assert.Equal(payload, XdrPayload.Write(message.Codec.Read(Segments.SplitAt(payload, offset))));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_payload_cut_short_anywhere_or_with_bytes_left_over_is_refused(string name)
    {
        WireMessage message = WireMessage.Get(name);
        byte[] payload = message.SamplePayload(2);
        for (int length = 0; length < payload.Length; length++)
        {
            byte[] cut = payload[..length];
            Assert.Throws<ProtocolException>(() => message.Codec.Read(cut));
            Assert.Throws<ProtocolException>(() => message.Codec.Read(Segments.OneByOne(cut)));
        }

        Assert.Throws<ProtocolException>(() => message.Codec.Read([.. payload, 0, 0, 0, 0]));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_schema_shows_the_same_values_as_the_generated_type(string name)
    {
        WireMessage message = WireMessage.Get(name);
        Properties.Hold(message.Values.ToArbitrary(), given => Assert.True(JsonElement.DeepEquals(given, ThroughGeneratedType(message, given))), Samples);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_payload_shows_no_value_in_its_text(string name)
    {
        WireMessage message = WireMessage.Get(name);
        IXdrWritable value = message.Codec.Read(message.SamplePayload(0));
        Assert.Equal(value.GetType().FullName, value.ToString());
    }

    private static JsonElement ThroughGeneratedType(WireMessage message, JsonElement given)
    {
        byte[] written = XdrPayload.Write(message.Codec.Read(SchemaCodec.Encode(message.Schema, given)));
        ArrayBufferWriter<byte> shown = new();
        using (Utf8JsonWriter json = new(shown))
            SchemaCodec.Decode(message.Schema, written, json);
        return JsonElement.Parse(Encoding.UTF8.GetString(shown.WrittenSpan));
    }

    private static int Payloads(ProcedureSchema procedure) =>
        new[] { procedure.Arguments, procedure.Result, procedure.Message }.Count(p => p is not null);
}
