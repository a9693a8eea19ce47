using System.Buffers;
using System.Buffers.Binary;

namespace Libvirt.Protocol;

/// <summary>Finds frames in received bytes, however the bytes were split on their way.</summary>
public static class FrameScanner
{
    /// <summary>Reads the length word at the start of <paramref name="buffered"/>.</summary>
    /// <param name="buffered">What has been received of the next frame so far.</param>
    /// <param name="length">The whole frame's bytes, length word included; 0 when the word has not arrived.</param>
    /// <returns>Whether the length is known.</returns>
    /// <exception cref="ProtocolException">The length is less than a header or beyond the limit.</exception>
    public static bool TryReadLength(ReadOnlySpan<byte> buffered, out int length)
    {
        length = 0;
        if (buffered.Length < FrameLimits.LengthSize)
            return false;
        length = CheckLength(BinaryPrimitives.ReadUInt32BigEndian(buffered));
        return true;
    }

    /// <summary>Takes the next whole frame off the front of <paramref name="buffered"/>.</summary>
    /// <param name="buffered">Received bytes; left as it is unless a frame was whole.</param>
    /// <param name="header">The frame's header.</param>
    /// <param name="payload">The frame's payload, in place.</param>
    /// <exception cref="ProtocolException">The length or the header is not legal.</exception>
    public static bool TryReadFrame(ref ReadOnlySpan<byte> buffered, out MessageHeader header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        if (!TryReadLength(buffered, out int length) || buffered.Length < length)
            return false;
        XdrReader reader = new(buffered[FrameLimits.LengthSize..FrameLimits.PrefixSize]);
        header = MessageHeader.Read(ref reader);
        payload = buffered[FrameLimits.PrefixSize..length];
        buffered = buffered[length..];
        return true;
    }

    /// <inheritdoc cref="TryReadFrame(ref ReadOnlySpan{byte}, out MessageHeader, out ReadOnlySpan{byte})"/>
    public static bool TryReadFrame(ref ReadOnlySequence<byte> buffered, out MessageHeader header, out ReadOnlySequence<byte> payload)
    {
        header = default;
        payload = default;
        if (buffered.Length < FrameLimits.LengthSize)
            return false;
        Span<byte> word = stackalloc byte[FrameLimits.LengthSize];
        buffered.Slice(0, FrameLimits.LengthSize).CopyTo(word);
        int length = CheckLength(BinaryPrimitives.ReadUInt32BigEndian(word));
        if (buffered.Length < length)
            return false;
        XdrReader reader = new(buffered.Slice(FrameLimits.LengthSize, FrameLimits.HeaderSize));
        header = MessageHeader.Read(ref reader);
        payload = buffered.Slice(FrameLimits.PrefixSize, length - FrameLimits.PrefixSize);
        buffered = buffered.Slice(length);
        return true;
    }

    private static int CheckLength(uint length)
    {
        if (length < FrameLimits.PrefixSize)
            throw new ProtocolException($"A frame of {length} bytes is shorter than its own header of {FrameLimits.PrefixSize}.");
        if (length > FrameLimits.MaxFrame)
            throw new ProtocolException($"A frame of {length} bytes is beyond the limit of {FrameLimits.MaxFrame}.");
        return (int)length;
    }
}
