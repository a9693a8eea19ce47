using System.Buffers;
using FsCheck;

namespace Libvirt.Protocol.Tests;

/// <summary>What the writer writes, the reader reads back, also from single bytes.</summary>
public sealed class XdrRoundTripTests
{
    private const int Limit = 1 << 20;

    private delegate void Writing<T>(ref XdrWriter writer, T value);

    private delegate void Writing(ref XdrWriter writer);

    private delegate T Reading<T>(ref XdrReader reader);

    [Fact]
    public void Numbers_are_read_back()
    {
        RoundTrip<short>((ref w, value) => w.WriteInt16(value), (ref r) => r.ReadInt16());
        RoundTrip<ushort>((ref w, value) => w.WriteUInt16(value), (ref r) => r.ReadUInt16());
        RoundTrip<byte>((ref w, value) => w.WriteUnsignedChar(value), (ref r) => r.ReadUnsignedChar());
        RoundTrip<sbyte>((ref w, value) => w.WriteChar(value), (ref r) => r.ReadChar());
        RoundTrip<DoNotSize<int>>((ref w, value) => w.WriteInt32(value.Item), (ref r) => DoNotSize<int>.NewDoNotSize(r.ReadInt32()));
        RoundTrip<DoNotSize<uint>>((ref w, value) => w.WriteUInt32(value.Item), (ref r) => DoNotSize<uint>.NewDoNotSize(r.ReadUInt32()));
        RoundTrip<DoNotSize<long>>((ref w, value) => w.WriteInt64(value.Item), (ref r) => DoNotSize<long>.NewDoNotSize(r.ReadInt64()));
        RoundTrip<DoNotSize<ulong>>((ref w, value) => w.WriteUInt64(value.Item), (ref r) => DoNotSize<ulong>.NewDoNotSize(r.ReadUInt64()));
        RoundTrip<float>((ref w, value) => w.WriteSingle(value), (ref r) => r.ReadSingle());
        RoundTrip<double>((ref w, value) => w.WriteDouble(value), (ref r) => r.ReadDouble());
        RoundTrip<bool>((ref w, value) => w.WriteBoolean(value), (ref r) => r.ReadBoolean());
    }

    [Fact]
    public void Bytes_and_UUIDs_are_read_back()
    {
        RoundTrip<byte[]>((ref w, value) => w.WriteOpaque(value, Limit), (ref r) => r.ReadOpaque(Limit));
        RoundTrip<byte[]>((ref w, value) => w.WriteChars(value, Limit), (ref r) => r.ReadChars(Limit));
        RoundTrip<Guid>((ref w, value) => w.WriteUuid(value), (ref r) => r.ReadUuid());
    }

    [Fact]
    public void Lists_of_numbers_are_read_back()
    {
        RoundTrip<int[]>((ref w, value) => w.WriteInt32Array(value, Limit), (ref r) => r.ReadInt32Array(Limit));
        RoundTrip<uint[]>((ref w, value) => w.WriteUInt32Array(value, Limit), (ref r) => r.ReadUInt32Array(Limit));
        RoundTrip<long[]>((ref w, value) => w.WriteInt64Array(value, Limit), (ref r) => r.ReadInt64Array(Limit));
        RoundTrip<ulong[]>((ref w, value) => w.WriteUInt64Array(value, Limit), (ref r) => r.ReadUInt64Array(Limit));
    }

    [Fact]
    public void Text_is_read_back_and_what_is_no_text_on_the_wire_is_refused()
    {
        Properties.Hold(Properties.Any<NonNull<string>>(), text => CheckText(text.Item));
        Properties.Hold(Properties.Any<DoNotSize<ushort>[]>(), units => CheckText(string.Concat(units.Select(unit => (char)unit.Item))));
        CheckText("a\0b");
    }

    private static void CheckText(string text)
    {
        // A NUL ends a string in libvirt, and half a surrogate pair has no UTF-8.
        if (text.Contains('\0', StringComparison.Ordinal) || string.Concat(text.EnumerateRunes()) != text)
            Assert.ThrowsAny<ArgumentException>(() => Write((ref XdrWriter w) => w.WriteString(text, Limit)));
        else
            CheckReadBack(text, Write((ref XdrWriter w) => w.WriteString(text, Limit)), (ref XdrReader r) => r.ReadString(Limit));
    }

    private static void RoundTrip<T>(Writing<T> write, Reading<T> read) => Properties.Hold(Properties.Any<T>(), value =>
        CheckReadBack(value, Write((ref XdrWriter w) => write(ref w, value)), read));

    private static void CheckReadBack<T>(T value, byte[] bytes, Reading<T> read)
    {
        XdrReader whole = new(bytes);
        Assert.Equal(value, read(ref whole));
        whole.ExpectEnd();

        XdrReader split = new(Segments.OneByOne(bytes));
        Assert.Equal(value, read(ref split));
        split.ExpectEnd();
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
