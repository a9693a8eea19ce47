using System.Buffers.Binary;

namespace Libvirt.Testing;

/// <summary>Cuts a byte stream into messages. Bytes that cannot be libvirt's protocol come out as they came in.</summary>
internal sealed class FrameSplitter
{
    // The limit on a message's length does not count the length word itself.
    private const uint LongestFrame = 33554432 + 4;

    private byte[] _buffer = [];
    private int _count;
    private bool _isOpaque;

    /// <summary>Takes further bytes and returns the messages that are whole now.</summary>
    public IReadOnlyList<RpcFrame> Push(ReadOnlySpan<byte> received)
    {
        if (_buffer.Length < _count + received.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _count + received.Length));
        received.CopyTo(_buffer.AsSpan(_count));
        _count += received.Length;

        List<RpcFrame> frames = [];
        while (!_isOpaque && TryMeasure(_buffer.AsSpan(0, _count), out int length))
            frames.Add(new RpcFrame(Take(length), IsWhole: true));
        if (_isOpaque && TakeRest() is RpcFrame rest)
            frames.Add(rest);
        return frames;
    }

    /// <summary>Takes what is left when the stream ends, or null.</summary>
    public RpcFrame? TakeRest() => _count == 0 ? null : new RpcFrame(Take(_count), IsWhole: false);

    private byte[] Take(int length)
    {
        byte[] taken = _buffer[..length];
        _buffer.AsSpan(length, _count - length).CopyTo(_buffer);
        _count -= length;
        return taken;
    }

    private bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < 4)
            return false;
        uint word = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (word is < RpcFrame.PrefixSize or > LongestFrame)
        {
            _isOpaque = true;
            return false;
        }
        if (bytes.Length < word)
            return false;
        length = (int)word + TrailingBytes(bytes);
        return bytes.Length >= length;
    }

    // Each file descriptor of a message travels with one byte behind the payload, which the length does not count.
    private static int TrailingBytes(ReadOnlySpan<byte> bytes)
    {
        RpcType type = (RpcType)BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
        bool carries = type is RpcType.CallWithFds or RpcType.ReplyWithFds && bytes.Length >= RpcFrame.PrefixSize + 4;
        return carries ? (int)Math.Min(32, BinaryPrimitives.ReadUInt32BigEndian(bytes[RpcFrame.PrefixSize..])) : 0;
    }
}
