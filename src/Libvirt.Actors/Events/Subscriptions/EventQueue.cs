using Libvirt.Threads;
using System.Threading.Tasks.Sources;
using Libvirt.Diagnostics;

namespace Libvirt.Events;

/// <summary>
/// One subscriber's bounded queue: any thread writes and never waits, one reader waits. Gaps are never dropped: where events make room, a gap
/// among them is kept and read first.
/// </summary>
internal sealed class EventQueue<TEvent>(EventKind kind, EventSubscriptionOptions options) : IValueTaskSource, IContinuation
    where TEvent : LibvirtEvent
{
    private readonly Lock _lock = new();
    private readonly Queue<EventNotice<TEvent>> _notices = new();
    private ManualResetValueTaskSourceCore<bool> _arrival;
    private EventGap? _keptGap;
    private long _dropped;
    private bool _readerWaits;
    private bool _ended;
    private Exception? _error;

    /// <summary>Events dropped so far.</summary>
    public long TotalDropped { get; private set; }

    public void Write(EventNotice<TEvent> notice)
    {
        bool wake;
        lock (_lock)
        {
            if (_ended)
                return;
            if (_notices.Count >= CapacityFor(notice) && !MakeRoom())
            {
                _ended = true;
                _error = new EventOverflowException(kind, options.QueueCapacity);
            }
            else
            {
                _notices.Enqueue(notice);
                if (notice.Event is not null)
                    EventTelemetry.Delivered();
            }

            wake = TakeReader();
        }

        if (wake)
            TurnContinuations.Add(this);
    }

    public void End(Exception? error)
    {
        bool wake;
        lock (_lock)
        {
            if (_ended)
                return;
            _ended = true;
            _error = error;
            wake = TakeReader();
        }

        if (wake)
            TurnContinuations.Add(this);
    }

    /// <summary>The next notice, if one waits. Throws what the subscription ended with when nothing is left.</summary>
    /// <returns>Whether there was one; false with <paramref name="ended"/> when none will come.</returns>
    public bool TryRead(out EventNotice<TEvent> notice, out bool ended)
    {
        lock (_lock)
        {
            ended = false;
            if (_keptGap is { } gap)
            {
                _keptGap = null;
                notice = EventNotice<TEvent>.Of(gap);
                return true;
            }

            if (_dropped > 0)
            {
                notice = EventNotice<TEvent>.OfDropped(_dropped);
                _dropped = 0;
                return true;
            }

            if (_notices.TryDequeue(out notice))
                return true;
            ended = _ended;
            return ended && _error is { } error ? throw error : false;
        }
    }

    /// <summary>Completes when there may be something to read. One reader at a time.</summary>
    public ValueTask WaitAsync()
    {
        lock (_lock)
        {
            if (_notices.Count > 0 || _dropped > 0 || _keptGap is not null || _ended)
                return default;
            _arrival.Reset();
            _readerWaits = true;
            return new ValueTask(this, _arrival.Version);
        }
    }

    /// <summary>Lets a waiting reader look up without anything to read, because it was cancelled.</summary>
    public void Wake()
    {
        bool wake;
        lock (_lock)
            wake = TakeReader();
        if (wake)
            TurnContinuations.Add(this);
    }

    // What tells of a loss may go beyond the capacity, but not without end: a subscriber may sleep through any number of reconnects.
    private long CapacityFor(in EventNotice<TEvent> notice) => notice.Event is not null ? options.QueueCapacity : 2L * options.QueueCapacity;

    private bool MakeRoom()
    {
        if (options.Overflow == EventOverflow.Fail)
            return false;
        while (_notices.TryDequeue(out EventNotice<TEvent> oldest))
        {
            if (oldest.Gap is { } gap)
            {
                _keptGap = _keptGap?.Join(gap) ?? gap;
                continue;
            }

            long count = oldest.Event is null ? oldest.Dropped : 1;
            _dropped += count;
            TotalDropped += oldest.Event is null ? 0 : 1;
            if (oldest.Event is not null)
            {
                EventTelemetry.Dropped();
                break;
            }
        }

        return true;
    }

    private bool TakeReader()
    {
        bool waited = _readerWaits;
        _readerWaits = false;
        return waited;
    }

    void IContinuation.Continue(bool inline)
    {
        _arrival.RunContinuationsAsynchronously = !inline;
        _arrival.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _arrival.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _arrival.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _arrival.OnCompleted(continuation, state, token, flags);
}
