using Libvirt.Protocol;
using Libvirt.Tests.Scripting;
using Libvirt.Transports;

namespace Libvirt.Tests.Connections;

/// <summary>A transport that keeps what is sent. It can block like a socket whose peer does not read.</summary>
internal sealed class RecordingTransport : IByteTransport
{
    private readonly List<byte> _sent = [];
    private TaskCompletionSource? _blocked;

    /// <summary>How many sends there were.</summary>
    public int Sends { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>The next send does not complete before <see cref="Unblock"/>.</summary>
    public void Block() => _blocked = new TaskCompletionSource();

    public void Unblock()
    {
        TaskCompletionSource? blocked = _blocked;
        _blocked = null;
        blocked!.SetResult();
    }

    public void Break(Exception error) => _blocked!.SetException(error);

    /// <summary>The frames that were sent since the last time.</summary>
    public IReadOnlyList<SentFrame> Take()
    {
        List<SentFrame> frames = [];
        ReadOnlySpan<byte> bytes = _sent.ToArray();
        while (FrameScanner.TryReadFrame(ref bytes, out MessageHeader header, out ReadOnlySpan<byte> payload))
            frames.Add(new SentFrame(header, payload.ToArray()));
        Assert.True(bytes.IsEmpty, "A frame was sent in part.");
        _sent.Clear();
        return frames;
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => throw new NotSupportedException("Frames are passed to the router directly.");

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        Sends++;
        _sent.AddRange(bytes.Span);
        return _blocked is { } blocked ? new ValueTask(blocked.Task) : default;
    }

    public void Dispose() => IsDisposed = true;
}
