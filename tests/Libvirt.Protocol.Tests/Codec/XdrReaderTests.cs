using System.Buffers;

namespace Libvirt.Protocol.Tests;

public sealed class XdrReaderTests
{
    [Fact]
    public void Numbers_are_big_endian()
    {
        XdrReader reader = new([0x80, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE, 0, 0, 0, 0, 0, 0, 1, 0]);
        Assert.Equal(0x80000001, reader.ReadUInt32());
        Assert.Equal(-2, reader.ReadInt32());
        Assert.Equal(256, reader.ReadInt64());
        reader.ExpectEnd();
    }

    [Fact]
    public void Bytes_left_over_are_refused() => Throws([0, 0, 0, 0, 0], static (ref XdrReader r) =>
    {
        r.ReadInt32();
        r.ExpectEnd();
    });

    [Theory]
    [InlineData(2u)]
    [InlineData(0xFFFFFFFFu)]
    public void A_flag_is_0_or_1(uint flag)
    {
        byte[] bytes = Write((ref XdrWriter w) => w.WriteUInt32(flag));
        Throws(bytes, static (ref XdrReader r) => r.ReadBoolean());
    }

    [Fact]
    public void A_small_number_must_fit_into_its_type()
    {
        Throws(Write(static (ref XdrWriter w) => w.WriteInt32(32768)), static (ref XdrReader r) => r.ReadInt16());
        Throws(Write(static (ref XdrWriter w) => w.WriteInt32(-1)), static (ref XdrReader r) => r.ReadUInt16());
        Throws(Write(static (ref XdrWriter w) => w.WriteInt32(256)), static (ref XdrReader r) => r.ReadUnsignedChar());
        Throws(Write(static (ref XdrWriter w) => w.WriteInt32(256)), static (ref XdrReader r) => r.ReadChar());
        Throws(Write(static (ref XdrWriter w) => w.WriteInt32(-129)), static (ref XdrReader r) => r.ReadChar());
    }

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(255, -1)]
    [InlineData(127, 127)]
    [InlineData(-128, -128)]
    public void A_char_is_taken_with_and_without_its_sign(int sent, int read)
    {
        XdrReader reader = new(Write((ref XdrWriter w) => w.WriteInt32(sent)));
        Assert.Equal(read, reader.ReadChar());
    }

    [Fact]
    public void A_length_beyond_its_limit_is_refused() =>
        Throws([0, 0, 0, 4, 65, 66, 67, 68], static (ref XdrReader r) => r.ReadString(3));

    [Fact]
    public void A_length_beyond_the_bytes_there_is_refused()
    {
        byte[] lying = [0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];
        Throws(lying, static (ref XdrReader r) => r.ReadOpaque(int.MaxValue));
        Throws(lying, static (ref XdrReader r) => r.ReadString(int.MaxValue));
        Throws(lying, static (ref XdrReader r) => r.ReadChars(int.MaxValue));
        Throws(lying, static (ref XdrReader r) => r.ReadInt32Array(int.MaxValue));
        Throws(lying, static (ref XdrReader r) => r.ReadStringArray(int.MaxValue, int.MaxValue));
        Throws(lying, static (ref XdrReader r) => r.ReadArray<StreamHole>(int.MaxValue));
        Throws([0xFF, 0xFF, 0xFF, 0xFF], static (ref XdrReader r) => r.ReadCount(int.MaxValue, 0));
    }

    [Fact]
    public void Padding_must_be_there() => Throws([0, 0, 0, 1, 65, 0, 0], static (ref XdrReader r) => r.ReadString(10));

    [Fact]
    public void A_text_that_is_not_UTF8_is_read_with_replacements()
    {
        XdrReader reader = new([0, 0, 0, 1, 0xFF, 0, 0, 0]);
        Assert.Equal("\uFFFD", reader.ReadString(10));
        reader.ExpectEnd();
    }

    [Fact]
    public void Empty_segments_between_the_bytes_do_no_harm()
    {
        byte[] bytes = Write(static (ref XdrWriter w) => w.WriteString("libvirt", 10));
        ReadOnlyMemory<byte> none = default;
        ReadOnlySequence<byte> split = Segments.Of(none, bytes.AsMemory(0, 2), none, none, bytes.AsMemory(2, 5), none, bytes.AsMemory(7), none);
        XdrReader reader = new(split);
        Assert.Equal("libvirt", reader.ReadString(10));
        reader.ExpectEnd();
    }

    [Fact]
    public void Nothing_is_read_past_the_end_of_an_empty_payload()
    {
        Throws([], static (ref XdrReader r) => r.ReadInt32());
        XdrReader reader = new(ReadOnlySequence<byte>.Empty);
        Assert.Equal(0, reader.Remaining);
        reader.ExpectEnd();
    }

    private delegate void Reading(ref XdrReader reader);

    private delegate void Writing(ref XdrWriter writer);

    private static void Throws(byte[] bytes, Reading reading)
    {
        Assert.Throws<ProtocolException>(() =>
        {
            XdrReader reader = new(bytes);
            reading(ref reader);
        });
        Assert.Throws<ProtocolException>(() =>
        {
            XdrReader reader = new(Segments.OneByOne(bytes));
            reading(ref reader);
        });
    }

    private static byte[] Write(Writing writing)
    {
        ArrayBufferWriter<byte> output = new();
        XdrWriter writer = new(output);
        writing(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
