using System.Buffers;
using Libvirt.Protocol;

namespace Libvirt.Connections;

/// <summary>
/// Received bytes until they are whole frames. Starts small, grows only as the bytes of a larger frame really arrive, and shrinks again afterwards.
/// </summary>
internal sealed class FrameBuffer : IDisposable
{
    private const int IdleSize = 16 * 1024;
    // A stream's data comes as large frames with small ones between them.
    private const int SmallBatchesBeforeShrinking = 8;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(IdleSize);
    private int _end;
    private int _whole;
    private int _next;
    private int _smallBatches;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Free => _bytes.AsMemory(_end);

    /// <summary>So many bytes came. Gives the whole frames at the front, which stay where they are until <see cref="Consume"/>.</summary>
    /// <exception cref="ProtocolException">What came cannot be a frame.</exception>
    public ReadOnlyMemory<byte> Add(int count)
    {
        _end += count;
        ReadOnlySpan<byte> received = _bytes.AsSpan(0, _end);
        int whole = 0;
        while (FrameScanner.TryReadLength(received[whole..], out _next) && _next <= received.Length - whole)
            whole += _next;
        _whole = whole;
        if (whole == 0)
            MakeRoom();
        return _bytes.AsMemory(0, whole);
    }

    /// <summary>Drops the whole frames.</summary>
    public void Consume()
    {
        if (_whole == 0)
            return;
        if (_whole > IdleSize)
            _smallBatches = 0;
        _bytes.AsSpan(_whole, _end - _whole).CopyTo(_bytes);
        _end -= _whole;
        _whole = 0;
        MakeRoom();
    }

    /// <summary>Gives the memory back. Only when nobody needs the frames any longer.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void MakeRoom()
    {
        if (_end == _bytes.Length)
            Resize(Math.Min(_next, 2 * _bytes.Length));
        else if (_end > IdleSize || _next > IdleSize)
            _smallBatches = 0;
        else if (_bytes.Length > 2 * IdleSize && ++_smallBatches == SmallBatchesBeforeShrinking)
            Resize(IdleSize);
    }

    private void Resize(int size)
    {
        byte[] other = ArrayPool<byte>.Shared.Rent(size);
        _bytes.AsSpan(0, _end).CopyTo(other);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = other;
        _smallBatches = 0;
    }
}
