namespace Actors.Embedded;

/// <summary>The timers of one instance.</summary>
internal sealed class ActorTimers<TMessage>(ActorContext<TMessage> context, TypedActorCell<TMessage> receiver) : IActorTimers<TMessage>
{
    private readonly Dictionary<object, TimerNotice<TMessage>> _timers = [];

    public TypedActorCell<TMessage> Receiver => receiver;

    public void StartOnce(object key, TimeSpan delay, TMessage message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Start(key, delay, message, periodic: false);
    }

    public void StartPeriodic(object key, TimeSpan interval, TMessage message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(key, interval, message, periodic: true);
    }

    public bool IsActive(object key)
    {
        context.CheckInTurn();
        return _timers.ContainsKey(key);
    }

    public bool Cancel(object key)
    {
        context.CheckInTurn();
        if (!_timers.Remove(key, out TimerNotice<TMessage>? timer))
            return false;
        timer.Cancel();
        return true;
    }

    public void CancelAll()
    {
        context.CheckInTurn();
        Clear();
    }

    /// <summary>Ends every timer, for the engine.</summary>
    public void Clear()
    {
        foreach (TimerNotice<TMessage> timer in _timers.Values)
            timer.Cancel();
        _timers.Clear();
    }

    /// <summary>Forgets a timer whose only tick is being delivered.</summary>
    public void Finish(TimerNotice<TMessage> timer)
    {
        _timers.Remove(timer.Key);
        timer.Cancel();
    }

    private void Start(object key, TimeSpan delay, TMessage message, bool periodic)
    {
        ArgumentNullException.ThrowIfNull(key);
        context.CheckInTurn();
        if (_timers.Remove(key, out TimerNotice<TMessage>? replaced))
            replaced.Cancel();
        var timer = new TimerNotice<TMessage>(this, key, message, periodic);
        timer.Start(delay);
        _timers.Add(key, timer);
    }
}
