using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Akka.TestKit;
using Xunit;

namespace Libvirt.TestKit.Tests;

public sealed class VirtualTimeSchedulerTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualActorSystem _kit = new();
    private readonly List<(string Name, TimeSpan At)> _ran = [];

    private IScheduler Scheduler => _kit.System.Scheduler;

    private VirtualTimeProvider Time => _kit.Time;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _kit.DisposeAsync();

    [Fact]
    public void Actions_run_in_the_order_in_which_they_are_due()
    {
        Scheduler.Advanced.ScheduleOnce(3 * Second, Note("late"));
        Scheduler.Advanced.ScheduleOnce(Second, Note("early"));
        Scheduler.Advanced.ScheduleOnce(Second, Note("second"));

        Time.Advance(5 * Second);

        Assert.Equal([("early", Second), ("second", Second), ("late", 3 * Second)], _ran);
    }

    [Fact]
    public void A_repeated_action_runs_once_for_each_interval_of_one_advance()
    {
        var cancelable = new Cancelable(Scheduler);
        Scheduler.Advanced.ScheduleRepeatedly(Second, 2 * Second, Note("x"), cancelable);

        Time.Advance(6 * Second);
        cancelable.Cancel();
        Time.Advance(6 * Second);

        Assert.Equal([("x", Second), ("x", 3 * Second), ("x", 5 * Second)], _ran);
    }

    [Fact]
    public void Runnables_run_once_and_repeatedly()
    {
        var cancelable = new Cancelable(Scheduler);
        Scheduler.Advanced.ScheduleOnce(Second, new ActionRunnable(Note("once")));
        Scheduler.Advanced.ScheduleRepeatedly(Second, 2 * Second, new ActionRunnable(Note("again")), cancelable);

        Time.Advance(4 * Second);
        cancelable.Cancel();

        Assert.Equal([("once", Second), ("again", Second), ("again", 3 * Second)], _ran);
    }

    [Fact]
    public void Cancelling_removes_the_timer_from_the_clock()
    {
        var cancelable = new Cancelable(Scheduler);
        Scheduler.Advanced.ScheduleOnce(Second, Note("a"), cancelable);
        Scheduler.Advanced.ScheduleRepeatedly(Second, Second, Note("b"), cancelable);
        Scheduler.ScheduleTellOnce(Second, ActorRefs.Nobody, "c", ActorRefs.NoSender, cancelable);
        Assert.Equal(3, Time.ActiveTimers);

        cancelable.Cancel();

        Assert.Equal(0, Time.ActiveTimers);
        Time.Advance(Second);
        Assert.Empty(_ran);
    }

    [Fact]
    public void A_cancelled_cancelable_schedules_nothing()
    {
        Scheduler.Advanced.ScheduleOnce(Second, Note("a"), Cancelable.CreateCanceled());

        Assert.Equal(0, Time.ActiveTimers);
    }

    [Fact]
    public async Task Messages_arrive_with_their_sender_at_their_time()
    {
        TestProbe probe = _kit.CreateProbe();
        ICancelable repeated = Scheduler.ScheduleTellRepeatedlyCancelable(Second, Second, probe.Ref, "again", probe.Ref);
        Scheduler.ScheduleTellOnce(2.5 * Second, probe.Ref, "once", ActorRefs.NoSender);

        await _kit.AdvanceAsync(2.5 * Second);
        repeated.Cancel();

        await probe.ExpectMsgAsync("again");
        Assert.Equal(probe.Ref, probe.Sender);
        await probe.ExpectMsgAsync("again");
        await probe.ExpectMsgAsync("once");
        Assert.Equal(_kit.System.DeadLetters, probe.Sender);
    }

    [Fact]
    public async Task An_action_that_fails_is_logged_and_not_repeated()
    {
        Scheduler.Advanced.ScheduleRepeatedly(Second, Second, () => throw new InvalidDataException("as planned"));

        Time.Advance(5 * Second);

        Assert.Equal(0, Time.ActiveTimers);
        LogRecord record = await _kit.Logs.ExpectAsync(LogLevel.ErrorLevel, record => record.Exception is InvalidDataException);
        Assert.Equal(_kit.Time.GetUtcNow() - 4 * Second, record.At);
        await _kit.Logs.ExpectNoErrorsAsync();
    }

    [Fact]
    public void Delays_and_intervals_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.Advanced.ScheduleOnce(-Second, Note("a")));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.Advanced.ScheduleOnce(-Second, new ActionRunnable(Note("a"))));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.Advanced.ScheduleRepeatedly(Second, TimeSpan.Zero, Note("a")));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Scheduler.Advanced.ScheduleRepeatedly(Second, TimeSpan.Zero, new ActionRunnable(Note("a"))));
        Assert.Equal(0, Time.ActiveTimers);
    }

    [Fact]
    public void A_delay_longer_than_any_timer_of_the_system_is_accepted()
    {
        var cancelable = new Cancelable(Scheduler);
        Time.Advance(Second);
        Scheduler.Advanced.ScheduleOnce(TimeSpan.FromDays(365), Note("a year"));
        Scheduler.Advanced.ScheduleOnce(TimeSpan.MaxValue, Note("never"), cancelable);

        Time.Advance(TimeSpan.FromDays(400));
        cancelable.Cancel();

        Assert.Equal(["a year"], _ran.Select(entry => entry.Name));
    }

    [Fact]
    public void The_scheduler_shows_the_time_of_the_clock()
    {
        Time.Advance(90 * Second);

        Assert.Equal(Time.GetUtcNow(), Scheduler.Now);
        Assert.Equal(90 * Second, Scheduler.MonotonicClock);
        Assert.Equal(90 * Second, Scheduler.HighResMonotonicClock);
    }

    private Action Note(string name) => () => _ran.Add((name, Time.Elapsed));
}
