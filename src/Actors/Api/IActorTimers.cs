namespace Actors;

/// <summary>
/// Timers of one actor instance, on the system's <see cref="TimeProvider"/>. A tick is delivered ahead of user messages and outside the
/// mailbox's bound; at most one tick of a timer waits at a time, so a slow actor sees fewer ticks rather than a pile of them. A
/// cancelled or replaced timer delivers nothing afterwards, not even a tick that was already waiting. All timers end with the instance.
/// </summary>
public interface IActorTimers<in TMessage>
{
    /// <summary>Delivers <paramref name="message"/> once after <paramref name="delay"/>. Replaces a timer of the same key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative, or longer than the clock's timers wait: some 49 days.</exception>
    void StartOnce(object key, TimeSpan delay, TMessage message);

    /// <summary>Delivers <paramref name="message"/> every <paramref name="interval"/>. Replaces a timer of the same key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is zero, negative, or longer than the clock's timers wait: some 49 days.</exception>
    void StartPeriodic(object key, TimeSpan interval, TMessage message);

    /// <summary>Whether a timer of that key is running.</summary>
    bool IsActive(object key);

    /// <summary>Ends a timer. Returns false when there was none.</summary>
    bool Cancel(object key);

    /// <summary>Ends every timer of this instance.</summary>
    void CancelAll();
}
