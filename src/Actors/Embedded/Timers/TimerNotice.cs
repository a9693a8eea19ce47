namespace Actors.Embedded;

/// <summary>One running timer. It is its own tick: while it waits in the mailbox, further ticks have nowhere to go.</summary>
internal sealed class TimerNotice<TMessage>(ActorTimers<TMessage> owner, object key, TMessage message, bool periodic) : Notice<TMessage>
{
    private ITimer? _timer;
    private int _waiting;
    private bool _cancelled;

    public object Key => key;

    public void Start(TimeSpan delay)
    {
        TimeSpan period = periodic ? delay : Timeout.InfiniteTimeSpan;
        _timer = DetachedTimer.Create(owner.Receiver.Host.Time, static notice => ((TimerNotice<TMessage>)notice!).Tick(), this, delay, period);
    }

    public void Cancel()
    {
        _cancelled = true;
        _timer?.Dispose();
    }

    public override bool TryTake(out TMessage taken)
    {
        taken = message;
        Volatile.Write(ref _waiting, 0);
        if (_cancelled)
            return false;
        if (!periodic)
            owner.Finish(this);
        return true;
    }

    private void Tick()
    {
        if (Interlocked.Exchange(ref _waiting, 1) == 0)
            owner.Receiver.Deliver(this);
    }
}
