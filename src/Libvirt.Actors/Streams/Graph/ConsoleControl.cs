namespace Libvirt.Streams;

/// <summary>One console or channel in a flow.</summary>
public sealed class ConsoleControl : StreamControl
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LibvirtStream? _stream;
    private long _received;
    private long _sent;

    internal ConsoleControl()
    {
    }

    /// <summary>Completes when the daemon has attached it. Fails, or is canceled, with the flow if it does not come to that.</summary>
    public Task Opened => _opened.Task;

    /// <summary>How many bytes of the guest were pushed.</summary>
    public long BytesReceived => Interlocked.Read(ref _received);

    /// <summary>How many bytes for the guest the socket has taken.</summary>
    public long BytesSent => Interlocked.Read(ref _sent);

    /// <summary>Bytes that were dropped under <see cref="StreamOverflow.DropNewest"/>.</summary>
    public long Dropped => _stream?.Dropped ?? 0;

    internal void Open(LibvirtStream stream)
    {
        _stream = stream;
        _opened.TrySetResult();
    }

    internal void Received(int bytes) => Interlocked.Add(ref _received, bytes);

    internal void Sent(int bytes) => Interlocked.Add(ref _sent, bytes);

    internal override void End(Exception? error)
    {
        End(_opened, error ?? new OperationCanceledException("The console was not opened."));
        base.End(error);
    }
}
