using System.Collections.Concurrent;
using System.Net.Sockets;
using Libvirt.Threads;
using Microsoft.Extensions.Logging.Abstractions;

namespace Libvirt.Transports;

/// <summary>
/// One thread of the process that waits for the sockets of all idle connections, runs the turns of those that are ready, and then the continuations that these
/// unblocked. So a reply on an idle connection wakes one thread, and not one of the thread pool as well. The socket engine of .NET is not used, since it
/// cannot stop to watch a socket that a reader thread reads.
/// </summary>
/// <remarks>A continuation that blocks the thread delays the other idle connections until the watchdog has replaced it, some ten milliseconds later.</remarks>
internal sealed class SharedLoop : IReaderWork
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(10);
    private const int QuietChecks = 100;

    // Each is blocked by a caller; the watchdog replaces them for as long as there are fewer.
    private const int MostThreads = 64;

    [ThreadStatic]
    private static List<IContinuation>? s_unblocked;

    private readonly ReaderThreads _threads = new(name: "libvirt sockets", watchInterval: WatchInterval, quietChecks: QuietChecks) { Limit = MostThreads };
    private readonly ConcurrentDictionary<long, SocketWatch> _watches = new();
    private readonly ConcurrentQueue<(long Key, Readiness Events)> _ready = new();
    private readonly EpollSet _epoll = new();
    private long _lastKey;

    private SharedLoop() => Start();

    /// <summary>The one of this process.</summary>
    public static SharedLoop Instance { get; } = new();

    /// <summary>On the loop's own thread, collects the continuations that run after the turn; null on every other thread.</summary>
    public static List<IContinuation>? Unblocked => s_unblocked;

    /// <summary>Gives a watch its key.</summary>
    public long Enter(SocketWatch watch)
    {
        long key = Interlocked.Increment(ref _lastKey);
        _watches.TryAdd(key, watch);
        return key;
    }

    /// <summary>The watch is not told anything any more. The kernel forgets the socket when it is closed.</summary>
    public void Leave(long key) => _watches.TryRemove(key, out _);

    /// <summary>Fires the watch once as soon as its socket is ready for any of <paramref name="interest"/>; replaces an earlier interest.</summary>
    public void Arm(long key, SafeSocketHandle socket, Readiness interest, bool first) => _epoll.Arm(key, socket, interest, first);

    ReaderStep IReaderWork.Step(List<IContinuation> unblocked)
    {
        if (!_ready.TryDequeue(out (long Key, Readiness Events) next))
        {
            _epoll.Wait(_ready);
            return ReaderStep.Continue;
        }

        if (_watches.TryGetValue(next.Key, out SocketWatch? watch))
        {
            s_unblocked = unblocked;
            try
            {
                watch.Fire(next.Events);
            }
            finally
            {
                s_unblocked = null;
            }
        }

        return ReaderStep.Continue;
    }

    // The watchdog has found no thread to replace one that is blocked.
    void IReaderWork.Leave(bool ended, Exception? error) => Start();

    private void Start()
    {
        if (!new ReaderLease(this, _threads, NullLogger.Instance).TryStart())
            ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.RunUnleased(), this, preferLocal: false);
    }

    /// <summary>Without a thread of its own, the loop handles what is ready on the thread pool, and tries again to get one.</summary>
    private void RunUnleased()
    {
        if (_ready.IsEmpty)
            _epoll.Wait(_ready);
        while (_ready.TryDequeue(out (long Key, Readiness Events) next))
        {
            if (_watches.TryGetValue(next.Key, out SocketWatch? watch))
                watch.Fire(next.Events);
        }

        Start();
    }
}
