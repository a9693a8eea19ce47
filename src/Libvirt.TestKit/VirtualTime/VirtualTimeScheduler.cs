using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Libvirt.Dispatch;

namespace Libvirt.TestKit;

/// <summary>
/// Akka's scheduler on a <see cref="VirtualTimeProvider"/>: scheduled messages and actions run on the thread that advances the clock, each
/// at its instant, and a repeated one once for each interval. Cancelling removes the timer from the clock.
/// </summary>
internal sealed class VirtualTimeScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, ITimeProviderScheduler, IDisposable
{
    private volatile bool _disposed;

    /// <summary>Called by Akka.</summary>
    /// <param name="config">The whole configuration of the system.</param>
    /// <param name="log">The log of the system.</param>
    /// <exception cref="ConfigurationException">The configuration names no virtual clock.</exception>
    public VirtualTimeScheduler(Config config, ILoggingAdapter log)
        : base(config, log)
    {
        Time = ClockRegistry.Find(config);
    }

    /// <summary>The clock.</summary>
    public VirtualTimeProvider Time { get; }

    TimeProvider ITimeProviderScheduler.TimeProvider => Time;

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => Time.Elapsed;

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => Time.Elapsed;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => Time.GetUtcNow();

    /// <summary>
    /// Called by Akka when the system has terminated. Removes the timers that Akka itself has left behind, such as the time limits of
    /// <see cref="CoordinatedShutdown"/>. The remaining timers stay on the clock: they are leaks of the program.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        RemoveTimersOfAkka();
    }

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Start(new ScheduledTell(this, receiver, message, sender), delay, Timeout.InfiniteTimeSpan, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Start(new ScheduledTell(this, receiver, message, sender), initialDelay, interval, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Start(new ScheduledAction(this, action), delay, Timeout.InfiniteTimeSpan, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Start(new ScheduledRunnable(this, action), delay, Timeout.InfiniteTimeSpan, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Start(new ScheduledAction(this, action), initialDelay, interval, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Start(new ScheduledRunnable(this, action), initialDelay, interval, cancelable);

    internal void ReportFailure(ScheduledWork work, Exception exception) => Log.Error(exception, "Scheduled work failed: {0}", work);

    private void Start(ScheduledWork work, TimeSpan delay, TimeSpan interval, ICancelable? cancelable)
    {
        // As Akka's own scheduler does.
        if (_disposed)
            throw new SchedulerException("The scheduler has been shut down.");
        // SchedulerBase does not validate the overloads that take an IRunnable.
        ValidateDelay(delay, nameof(delay));
        if (interval != Timeout.InfiniteTimeSpan)
            ValidateInterval(interval, nameof(interval));
        work.Start(delay, interval, cancelable);
        // Disposed meanwhile: the timer was added after those of Akka had been removed.
        if (_disposed)
            RemoveTimersOfAkka();
    }

    private void RemoveTimersOfAkka() => Time.RemoveWhere(state => state is ScheduledWork { IsAkkasOwn: true } work && work.Scheduler == this);
}
