namespace Libvirt.Threads;

/// <summary>
/// The threads that read busy connections: started on demand, kept for a while when idle, never more than <see cref="Limit"/>. One per
/// runtime. A thread that is held up in a caller's code counts until it comes back.
/// </summary>
/// <param name="start">Starts a thread; as usual when null.</param>
/// <param name="name">The name of the threads.</param>
/// <param name="watchInterval">How often the watchdog checks whether a caller blocks one of them; every millisecond when null.</param>
/// <param name="quietChecks">After how many checks without anything to see the watchdog sleeps.</param>
internal sealed class ReaderThreads(Action<Thread>? start = null, string name = "libvirt reader", TimeSpan? watchInterval = null, int quietChecks = 20) : IDisposable
{
    /// <summary>The default of <see cref="Limit"/>.</summary>
    public const int DefaultLimit = 4;

    private static readonly TimeSpan KeepIdle = TimeSpan.FromSeconds(5);

    private readonly Action<Thread> _start = start ?? Start;
    private readonly Lock _gate = new();
    private readonly List<ReaderThread> _idle = [];
    private int _limit = DefaultLimit;
    private int _living;
    private bool _disposed;

    private string Name => name;

    /// <summary>How many there may be.</summary>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        set => Volatile.Write(ref _limit, value);
    }

    /// <summary>How many there are, idle ones included.</summary>
    public int Living => Volatile.Read(ref _living);

    /// <summary>How many of them are at work.</summary>
    public int Working
    {
        get
        {
            lock (_gate)
                return Living - _idle.Count;
        }
    }

    /// <summary>Keeps callers from blocking a connection.</summary>
    public ReaderWatchdog Watchdog { get; } = new(start ?? Start, watchInterval ?? TimeSpan.FromMilliseconds(1), quietChecks);

    /// <summary>Has a thread run <paramref name="work"/>; false when there is none for it.</summary>
    public bool TryRun(Action work)
    {
        lock (_gate)
        {
            if (_disposed)
                return false;
            if (_idle.Count > 0)
            {
                ReaderThread last = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                last.Give(work);
                return true;
            }

            if (Living >= Limit)
                return false;
            ReaderThread added = new(this);
            if (!added.TryStart(_start))
                return false;
            Interlocked.Increment(ref _living);
            added.Give(work);
            return true;
        }
    }

    /// <summary>Starts a thread; false where the system allows no further one.</summary>
    public static bool TryStart(Thread thread, Action<Thread> start)
    {
        try
        {
            start(thread);
            return true;
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            return false;
        }
    }

    /// <summary>Lets every thread end as soon as it has nothing to do. Does not wait for them: it may be called on one of them.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (ReaderThread thread in _idle)
                thread.Give(null);
            _idle.Clear();
        }
    }

    private static void Start(Thread thread) => thread.UnsafeStart();

    /// <summary>A thread has nothing to do: false when it shall end.</summary>
    private bool TryPark(ReaderThread thread)
    {
        lock (_gate)
        {
            if (_disposed)
                return false;
            _idle.Add(thread);
            return true;
        }
    }

    /// <summary>A thread got nothing to do for long. False when it got something in the last moment.</summary>
    private bool TryRetire(ReaderThread thread)
    {
        lock (_gate)
            return _idle.Remove(thread);
    }

    private sealed class ReaderThread(ReaderThreads owner)
    {
        private readonly AutoResetEvent _given = new(false);
        private Action? _work;

        public bool TryStart(Action<Thread> start)
        {
            if (ReaderThreads.TryStart(new Thread(Run) { IsBackground = true, Name = owner.Name }, start))
                return true;
            _given.Dispose();
            return false;
        }

        /// <summary>Something to do, or the end. Only for one that is idle or new.</summary>
        public void Give(Action? work)
        {
            _work = work;
            _given.Set();
        }

        private void Run()
        {
            try
            {
                while (Next() is { } work)
                {
                    work();
                    if (!owner.TryPark(this))
                        return;
                }
            }
            finally
            {
                Interlocked.Decrement(ref owner._living);
                _given.Dispose();
            }
        }

        private Action? Next()
        {
            while (!_given.WaitOne(KeepIdle))
            {
                if (owner.TryRetire(this))
                    return null;
            }

            return Interlocked.Exchange(ref _work, null);
        }
    }
}
