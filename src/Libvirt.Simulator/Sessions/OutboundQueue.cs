using System.Buffers;

namespace Libvirt.Simulator;

/// <summary>
/// The bytes that wait for a client to take them. Senders never wait for the socket unless they ask to; a client that takes nothing while
/// more than <see cref="SimulatorOptions.MaxQueuedBytes"/> pile up is given up.
/// </summary>
internal sealed class OutboundQueue
{
    private readonly Stream _stream;
    private readonly long _capacity;
    private readonly Action<Exception> _failed;
    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _waiting = new();
    private TaskCompletionSource? _drained;
    private bool _isWriting;
    private bool _isHeld;
    private bool _isClosed;

    public OutboundQueue(Stream stream, long capacity, Action<Exception> failed)
    {
        _stream = stream;
        _capacity = capacity;
        _failed = failed;
    }

    /// <summary>Enqueues bytes and starts writing where nobody does.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            if (_waiting.WrittenCount + (long)bytes.Length > _capacity)
            {
                _isClosed = true;
                ThreadPool.QueueUserWorkItem(_ => _failed(new IOException($"The client left more than {_capacity} bytes unread.")));
                return;
            }
            _waiting.Write(bytes);
            if (_isWriting || _isHeld)
                return;
            _isWriting = true;
        }
        _ = WriteAllAsync();
    }

    /// <summary>Completes when all that was sent before has been taken by the transport, or the queue is closed.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            if (_isClosed || !_isWriting && !_isHeld)
                return Task.CompletedTask;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    /// <summary>Keeps everything back until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate)
            _isHeld = true;
    }

    public void Release()
    {
        lock (_gate)
        {
            if (!_isHeld || _isClosed)
                return;
            _isHeld = false;
            if (_isWriting)
                return;
            _isWriting = true;
        }
        _ = WriteAllAsync();
    }

    /// <summary>Takes nothing more and forgets what waits.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting = new ArrayBufferWriter<byte>();
            _drained?.TrySetResult();
        }
    }

    private async Task WriteAllAsync()
    {
        try
        {
            while (TakeWaiting() is ArrayBufferWriter<byte> bytes)
            {
                await _stream.WriteAsync(bytes.WrittenMemory).ConfigureAwait(false);
                await _stream.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Close();
            _failed(e);
        }
    }

    private ArrayBufferWriter<byte>? TakeWaiting()
    {
        lock (_gate)
        {
            if (_waiting.WrittenCount == 0 || _isHeld || _isClosed)
            {
                _isWriting = false;
                if (!_isHeld)
                {
                    _drained?.TrySetResult();
                    _drained = null;
                }
                return null;
            }
            ArrayBufferWriter<byte> taken = _waiting;
            // An idle client must cost nothing: the buffer lives from burst to burst only.
            _waiting = new ArrayBufferWriter<byte>();
            return taken;
        }
    }
}
