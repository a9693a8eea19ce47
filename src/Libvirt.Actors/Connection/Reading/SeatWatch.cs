namespace Libvirt.Connection;

/// <summary>
/// One thread that looks once a millisecond whether a caller holds up a reading thread. It sleeps while nothing is read, and ends when there is nothing
/// to watch.
/// </summary>
/// <param name="start">Starts a thread.</param>
internal sealed class SeatWatch(Action<Thread> start)
{
    private const int QuietLooks = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan KeepIdle = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly List<Seat> _seats = [];
    private Seat[] _snapshot = [];
    private bool _isRunning;
    private bool _isAsleep;

    /// <summary>Whether the thread lives.</summary>
    public bool IsRunning => Volatile.Read(ref _isRunning);

    /// <summary>Watches a seat from now on; false where there can be no thread for that.</summary>
    public bool TryAdd(Seat seat)
    {
        lock (_gate)
        {
            if (!_isRunning && !ReaderThreads.TryStart(new Thread(Run) { IsBackground = true, Name = "libvirt reader watch" }, start))
                return false;
            _isRunning = true;
            _seats.Add(seat);
            _snapshot = [.. _seats];
            Monitor.Pulse(_gate);
            return true;
        }
    }

    public void Remove(Seat seat)
    {
        lock (_gate)
        {
            _seats.Remove(seat);
            _snapshot = [.. _seats];
        }
    }

    /// <summary>For a thread that goes into callers' code, after it has said so.</summary>
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
            Seat[] seats = Volatile.Read(ref _snapshot);
            bool busy = false;
            foreach (Seat seat in seats)
                busy |= seat.Look();
            quiet = busy ? 0 : quiet + 1;
            if (quiet < QuietLooks)
                Thread.Sleep(Interval);
            else if (Sleep())
                quiet = 0;
            else
                return;
        }
    }

    /// <summary>Until something is to be watched; false when the thread shall end.</summary>
    private bool Sleep()
    {
        lock (_gate)
        {
            _isAsleep = true;
            Interlocked.MemoryBarrier();
            // Whoever went into callers' code before it could see that nobody watches is seen here.
            bool woken = _seats.Exists(static seat => seat.IsWithCallers) || Monitor.Wait(_gate, KeepIdle);
            _isAsleep = false;
            _isRunning = woken || _seats.Count > 0;
            return _isRunning;
        }
    }
}
