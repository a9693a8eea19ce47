using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Libvirt.Protocol;

/// <summary>
/// Reads XDR (RFC 4506) from one payload, contiguous or in segments. Every length is checked against its limit and against the bytes that
/// are there before anything is allocated.
/// </summary>
public ref partial struct XdrReader
{
    private ReadOnlySpan<byte> _span;
    private int _position;
    private readonly ReadOnlySequence<byte> _sequence;
    private SequencePosition _next;
    private long _later;

    /// <summary>Reads from contiguous bytes.</summary>
    public XdrReader(ReadOnlySpan<byte> payload)
    {
        _span = payload;
    }

    /// <summary>Reads from bytes in any number of segments.</summary>
    public XdrReader(in ReadOnlySequence<byte> payload)
    {
        if (payload.IsSingleSegment)
        {
            _span = payload.FirstSpan;
            return;
        }

        _sequence = payload;
        _next = payload.Start;
        _later = payload.Length;
        if (_later > 0)
            NextSegment();
    }

    /// <summary>The bytes not yet read.</summary>
    public readonly long Remaining => _span.Length - _position + _later;

    /// <summary>XDR int.</summary>
    public int ReadInt32() => unchecked((int)ReadUInt32());

    /// <summary>XDR unsigned int.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32()
    {
        if (_span.Length - _position < 4)
            return (uint)ReadAcross(4);
        uint value = BinaryPrimitives.ReadUInt32BigEndian(_span[_position..]);
        _position += 4;
        return value;
    }

    /// <summary>XDR hyper.</summary>
    public long ReadInt64() => unchecked((long)ReadUInt64());

    /// <summary>XDR unsigned hyper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUInt64()
    {
        if (_span.Length - _position < 8)
            return ReadAcross(8);
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(_span[_position..]);
        _position += 8;
        return value;
    }

    /// <summary>XDR double.</summary>
    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadUInt64());

    /// <summary>XDR bool, and the flag in front of an optional value: 0 or 1, nothing else.</summary>
    public bool ReadBoolean() => ReadInt32() switch
    {
        0 => false,
        1 => true,
        int other => throw new ProtocolException($"A flag is {other}; only 0 and 1 are allowed."),
    };

    /// <summary>Asks for the end of the payload.</summary>
    /// <exception cref="ProtocolException">Bytes are left over.</exception>
    public readonly void ExpectEnd()
    {
        if (Remaining != 0)
            throw new ProtocolException($"{Remaining} bytes are left over after the message.");
    }

    /// <summary>A number whose bytes lie in more than one segment, or are not all there.</summary>
    private ulong ReadAcross(int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        CopyTo(bytes[(8 - size)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    private void CopyTo(scoped Span<byte> destination)
    {
        if (Remaining < destination.Length)
            throw new ProtocolException($"The message ends {destination.Length - Remaining} bytes early.");
        while (true)
        {
            int count = Math.Min(destination.Length, _span.Length - _position);
            _span.Slice(_position, count).CopyTo(destination);
            _position += count;
            destination = destination[count..];
            if (destination.IsEmpty)
                return;
            NextSegment();
        }
    }

    private void Skip(int count)
    {
        if (Remaining < count)
            throw new ProtocolException($"The message ends {count - Remaining} bytes early.");
        while (true)
        {
            int step = Math.Min(count, _span.Length - _position);
            _position += step;
            count -= step;
            if (count == 0)
                return;
            NextSegment();
        }
    }

    /// <summary>Goes on to the next segment that has bytes; the caller knows that there is one.</summary>
    private void NextSegment()
    {
        do
        {
            if (!_sequence.TryGet(ref _next, out ReadOnlyMemory<byte> segment))
                throw new ProtocolException("The message ends early.");
            _span = segment.Span;
        }
        while (_span.IsEmpty);
        _position = 0;
        _later -= _span.Length;
    }
}
