namespace Libvirt.Threads;

/// <summary>
/// One thread that checks regularly whether a caller blocks a reader thread. It sleeps while nothing is read, and ends when there is nothing
/// to watch.
/// </summary>
/// <param name="start">Starts a thread.</param>
/// <param name="interval">How often it checks.</param>
/// <param name="quietChecks">After how many checks without anything to see it sleeps.</param>
internal sealed class ReaderWatchdog(Action<Thread> start, TimeSpan interval, int quietChecks)
{
    private static readonly TimeSpan KeepIdle = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly List<ReaderLease> _leases = [];
    private ReaderLease[] _snapshot = [];
    private bool _isRunning;
    private bool _isAsleep;

    /// <summary>Whether the thread lives.</summary>
    public bool IsRunning => Volatile.Read(ref _isRunning);

    /// <summary>Watches a lease from now on; false when no thread can be started.</summary>
    public bool TryAdd(ReaderLease lease)
    {
        lock (_gate)
        {
            if (!_isRunning && !ReaderThreads.TryStart(new Thread(Run) { IsBackground = true, Name = "libvirt reader watch" }, start))
                return false;
            _isRunning = true;
            _leases.Add(lease);
            _snapshot = [.. _leases];
            Monitor.Pulse(_gate);
            return true;
        }
    }

    public void Remove(ReaderLease lease)
    {
        lock (_gate)
        {
            _leases.Remove(lease);
            _snapshot = [.. _leases];
        }
    }

    /// <summary>For a thread that enters the code of a caller, after it has published that.</summary>
    public void WakeIfAsleep()
    {
        Interlocked.MemoryBarrier();
        if (!Volatile.Read(ref _isAsleep))
            return;
        lock (_gate)
            Monitor.Pulse(_gate);
    }

    private void Run()
    {
        int quiet = 0;
        while (true)
        {
            ReaderLease[] leases = Volatile.Read(ref _snapshot);
            bool busy = false;
            foreach (ReaderLease lease in leases)
                busy |= lease.Check();
            quiet = busy ? 0 : quiet + 1;
            if (quiet < quietChecks)
                Thread.Sleep(interval);
            else if (Sleep())
                quiet = 0;
            else
                return;
        }
    }

    /// <summary>Sleeps until there is something to watch; false when the thread shall end.</summary>
    private bool Sleep()
    {
        lock (_gate)
        {
            _isAsleep = true;
            Interlocked.MemoryBarrier();
            // A thread that entered the code of a caller before it could see that the watchdog sleeps is seen here.
            bool woken = _leases.Exists(static lease => lease.IsInCallerCode) || Monitor.Wait(_gate, KeepIdle);
            _isAsleep = false;
            _isRunning = woken || _leases.Count > 0;
            return _isRunning;
        }
    }
}
