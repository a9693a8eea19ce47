using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Libvirt.TestKit;

/// <summary>Runs a scheduled action at once on the calling thread. Repetition and messages are not supported.</summary>
internal sealed class ImmediateScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
{
    public override TimeSpan MonotonicClock => TimeSpan.Zero;

    public override TimeSpan HighResMonotonicClock => TimeSpan.Zero;

    protected override DateTimeOffset TimeNow => DateTimeOffset.UnixEpoch;

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => action();

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => action.Run();

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        throw new NotSupportedException();

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        throw new NotSupportedException();

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        throw new NotSupportedException();

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        throw new NotSupportedException();
}
