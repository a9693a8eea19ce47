using Libvirt.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.FileDescriptors;

/// <summary>
/// Descriptors that have come, and replies that wait for theirs. Both in the order of the wire: a reply says how many belong to it, and they follow it.
/// </summary>
internal sealed class IncomingDescriptors : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<SafeFileHandle> _come = new();
    private readonly Queue<Waiter> _waiting = new();
    private bool _disposed;

    /// <summary>Takes over descriptors from the socket.</summary>
    /// <exception cref="ProtocolException">More have come than any message may have, and nobody waits for them. They are closed.</exception>
    public void Add(IEnumerable<SafeFileHandle> descriptors)
    {
        lock (_gate)
        {
            foreach (SafeFileHandle descriptor in descriptors)
                _come.Enqueue(descriptor);
            if (_disposed)
                CloseAll();
            Serve();
            if (_come.Count <= FrameLimits.MaxFileDescriptors)
                return;
            CloseAll();
        }

        throw new ProtocolException($"More than {FrameLimits.MaxFileDescriptors} file descriptors came that belong to no message.");
    }

    /// <summary>The next <paramref name="count"/> descriptors, as soon as they have come. The taker owns them.</summary>
    public Task<SafeFileHandle[]> TakeAsync(int count)
    {
        Waiter waiter = new(count);
        lock (_gate)
        {
            if (_disposed)
                return Task.FromException<SafeFileHandle[]>(new ObjectDisposedException(nameof(IncomingDescriptors)));
            _waiting.Enqueue(waiter);
            Serve();
        }

        return waiter.Task;
    }

    /// <summary>Closes what nobody took, and fails who waits.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            CloseAll();
            foreach (Waiter waiter in _waiting)
                waiter.SetException(new IOException("The connection ended before the file descriptors came."));
            _waiting.Clear();
        }
    }

    private void Serve()
    {
        while (_waiting.TryPeek(out Waiter? first) && _come.Count >= first.Count)
        {
            SafeFileHandle[] taken = new SafeFileHandle[first.Count];
            for (int i = 0; i < taken.Length; i++)
                taken[i] = _come.Dequeue();
            _waiting.Dequeue().SetResult(taken);
        }
    }

    private void CloseAll()
    {
        while (_come.TryDequeue(out SafeFileHandle? descriptor))
            descriptor.Dispose();
    }

    private sealed class Waiter(int count) : TaskCompletionSource<SafeFileHandle[]>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Count => count;
    }
}
