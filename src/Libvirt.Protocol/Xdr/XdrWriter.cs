using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Libvirt.Protocol;

/// <summary>
/// Writes XDR (RFC 4506) into a span of fixed size or an <see cref="IBufferWriter{T}"/>. With a buffer writer, <see cref="Flush"/> hands over
/// what is still held back. Values are big-endian and padded to four bytes.
/// </summary>
public ref partial struct XdrWriter
{
    private const int GrowBy = 256;

    private readonly IBufferWriter<byte>? _output;
    private Span<byte> _span;
    private int _position;
    private long _flushed;

    /// <summary>Writes into <paramref name="destination"/>; running out of it is an <see cref="ArgumentException"/>.</summary>
    public XdrWriter(Span<byte> destination)
    {
        _span = destination;
    }

    /// <summary>Writes into <paramref name="output"/>, which grows as needed.</summary>
    public XdrWriter(IBufferWriter<byte> output)
    {
        _output = output;
        _span = output.GetSpan(GrowBy);
    }

    /// <summary>Bytes written so far.</summary>
    public readonly long Length => _flushed + _position;

    /// <summary>Hands what has been written to the buffer writer. Call it once, at the end.</summary>
    public void Flush()
    {
        if (_output is null)
            return;
        _output.Advance(_position);
        _flushed += _position;
        _position = 0;
        _span = default;
    }

    /// <summary>XDR int.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Reserve(4), value);

    /// <summary>XDR unsigned int.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    /// <summary>XDR hyper.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);

    /// <summary>XDR unsigned hyper.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);

    /// <summary>XDR double.</summary>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleBigEndian(Reserve(8), value);

    /// <summary>XDR bool, and the flag in front of an optional value.</summary>
    public void WriteBoolean(bool value) => WriteInt32(value ? 1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int count)
    {
        if (_span.Length - _position < count)
            Grow(count);
        Span<byte> reserved = _span.Slice(_position, count);
        _position += count;
        return reserved;
    }

    private void Grow(int count)
    {
        if (_output is null)
            throw new ArgumentException($"The message needs more than the {_span.Length} bytes given for it.");
        _output.Advance(_position);
        _flushed += _position;
        _position = 0;
        _span = _output.GetSpan(Math.Max(count, GrowBy));
    }
}
