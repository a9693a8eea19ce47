using System.Net.Sockets;

namespace Libvirt.Transports;

/// <summary>
/// Waits for one socket to be readable and, at the same time, for it to be writable; one waiter each. Who waits goes on through the thread pool.
/// Costs the kernel nothing while nobody waits.
/// </summary>
internal sealed class SocketWatch(SafeSocketHandle socket) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ReadinessSource _readable = new();
    private readonly ReadinessSource _writable = new();
    private Readiness _awaited;
    private long _key;
    private bool _disposed;

    /// <summary>Completes when there is something to receive, or the end.</summary>
    public ValueTask ReadableAsync() => WaitAsync(Readiness.Readable, _readable);

    /// <summary>Completes when the kernel takes bytes again.</summary>
    public ValueTask WritableAsync() => WaitAsync(Readiness.Writable, _writable);

    /// <summary>The socket is ready.</summary>
    public void Fire(Readiness events)
    {
        Readiness fired;
        lock (_gate)
        {
            fired = (events & (Readiness.Failed | Readiness.Ended)) != 0 ? _awaited : events & _awaited;
            _awaited &= ~fired;
            if (_awaited != Readiness.None && !TryArmAgain())
            {
                // Whoever waits tries for himself and is told what is wrong.
                fired |= _awaited;
                _awaited = Readiness.None;
            }
        }

        if ((fired & Readiness.Readable) != 0)
            _readable.Complete();
        if ((fired & Readiness.Writable) != 0)
            _writable.Complete();
    }

    /// <summary>Who waits gets an <see cref="ObjectDisposedException"/>. To be called before the socket is closed.</summary>
    public void Dispose()
    {
        Readiness awaited;
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            (awaited, _awaited) = (_awaited, Readiness.None);
            if (_key != 0)
                SharedLoop.Instance.Leave(_key);
        }

        if ((awaited & Readiness.Readable) != 0)
            _readable.Fail(new ObjectDisposedException(nameof(SocketWatch)));
        if ((awaited & Readiness.Writable) != 0)
            _writable.Fail(new ObjectDisposedException(nameof(SocketWatch)));
    }

    private bool TryArmAgain()
    {
        try
        {
            SharedLoop.Instance.Arm(_key, socket, _awaited, first: false);
            return true;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    private ValueTask WaitAsync(Readiness interest, ReadinessSource source)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            bool first = _key == 0;
            if (first)
                _key = SharedLoop.Instance.Enter(this);
            ValueTask ready = source.Begin();
            SharedLoop.Instance.Arm(_key, socket, _awaited | interest, first);
            _awaited |= interest;
            return ready;
        }
    }
}
