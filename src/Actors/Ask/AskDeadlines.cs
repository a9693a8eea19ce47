using System.Runtime.CompilerServices;

namespace Actors;

/// <summary>
/// The pending asks of one actor system, ordered by deadline in a binary heap. One timer serves them all. It also listens to the
/// system's dead letters and its end, so that an ask that nobody will answer need not wait for its deadline. Free-threaded.
/// </summary>
internal sealed class AskDeadlines
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(30);
    private static readonly ConditionalWeakTable<IActorSystem, AskDeadlines> Systems = [];

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private IPendingAsk[] _heap = new IPendingAsk[16];
    private int _count;
    private long _armedFor = long.MaxValue;
    private bool _isRetired;

    private AskDeadlines(IActorSystem system)
    {
        _time = system.Time;
        Activity = system as IActorSystemDiagnostics is { IsTracking: true } activity ? activity : null;
        _timer = DetachedTimer.Create(
            _time,
            static list => ((AskDeadlines)list!).Sweep(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        system.DeadLettered += FailUndelivered;
        system.Stopped.ContinueWith(
            static (_, list) => ((AskDeadlines)list!).Retire(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>The system's own account of what goes on, when it keeps one.</summary>
    public IActorSystemDiagnostics? Activity { get; }

    /// <summary>The list of a system, made on its first ask.</summary>
    public static AskDeadlines Of(IActorSystem system) =>
        Systems.TryGetValue(system, out AskDeadlines? deadlines) ? deadlines : Create(system);

    /// <summary>The timestamp that lies <paramref name="timeout"/> ahead.</summary>
    public long After(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return long.MaxValue;
        double ahead = Math.Ceiling(timeout.Ticks * ((double)_time.TimestampFrequency / TimeSpan.TicksPerSecond));
        long now = _time.GetTimestamp();
        return ahead >= long.MaxValue - now ? long.MaxValue : now + (long)ahead;
    }

    public void Add(IPendingAsk ask)
    {
        lock (_gate)
        {
            if (_isRetired)
                return;
            if (_count == _heap.Length)
                Array.Resize(ref _heap, _count * 2);
            SiftUp(ask, _count++);
            if (ask.Deadline < _armedFor)
                Arm(ask.Deadline);
        }
    }

    public void Remove(IPendingAsk ask)
    {
        lock (_gate)
        {
            int index = ask.Index;
            if (index >= 0)
                RemoveAt(index);
        }
    }

    private static AskDeadlines Create(IActorSystem system) => Systems.GetValue(system, static key => new AskDeadlines(key));

    // All actors have ended, and whatever is asked from now on is refused at once.
    private void Retire()
    {
        lock (_gate)
        {
            _isRetired = true;
            while (_count > 0)
            {
                IPendingAsk pending = _heap[_count - 1];
                RemoveAt(_count - 1);
                pending.Fail(TellResult.Stopped);
            }

            _timer.Dispose();
        }
    }

    // Asks complete under the lock: it keeps each in the life it was listed for. Their askers go on through the pool.
    private void Sweep()
    {
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            while (_count > 0 && _heap[0].Deadline <= now)
            {
                IPendingAsk due = _heap[0];
                RemoveAt(0);
                due.Expire();
            }

            _armedFor = long.MaxValue;
            if (!_isRetired && _count > 0 && _heap[0].Deadline != long.MaxValue)
                Arm(_heap[0].Deadline);
        }
    }

    private void FailUndelivered(DeadLetter letter)
    {
        if (letter.Message is null)
            return;
        lock (_gate)
        {
            for (int i = _count - 1; i >= 0; i--)
            {
                IPendingAsk ask = _heap[i];
                if (ReferenceEquals(ask.Message, letter.Message))
                    ask.Fail(letter.Reason);
            }
        }
    }

    // Timers count in milliseconds and may fire early by a fraction: the sweep looks at the clock and arms again.
    private void Arm(long deadline)
    {
        _armedFor = deadline;
        TimeSpan delay = _time.GetElapsedTime(_time.GetTimestamp(), deadline);
        if (delay < TimeSpan.Zero)
            delay = TimeSpan.Zero;
        else if (_time == TimeProvider.System)
            delay = TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
        _timer.Change(delay < LongestDelay ? delay : LongestDelay, Timeout.InfiniteTimeSpan);
    }

    private void RemoveAt(int index)
    {
        _heap[index].Index = -1;
        IPendingAsk last = _heap[--_count];
        _heap[_count] = null!;
        if (index == _count)
            return;
        if (index > 0 && last.Deadline < _heap[(index - 1) / 2].Deadline)
            SiftUp(last, index);
        else
            SiftDown(last, index);
    }

    private void SiftUp(IPendingAsk ask, int index)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (_heap[parent].Deadline <= ask.Deadline)
                break;
            Place(_heap[parent], index);
            index = parent;
        }

        Place(ask, index);
    }

    private void SiftDown(IPendingAsk ask, int index)
    {
        while (true)
        {
            int child = (2 * index) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _heap[child + 1].Deadline < _heap[child].Deadline)
                child++;
            if (ask.Deadline <= _heap[child].Deadline)
                break;
            Place(_heap[child], index);
            index = child;
        }

        Place(ask, index);
    }

    private void Place(IPendingAsk ask, int index)
    {
        _heap[index] = ask;
        ask.Index = index;
    }
}
