using Xunit;

namespace Actors.Conformance;

/// <summary>Timers.</summary>
public abstract class TimerConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task A_single_timer_ticks_once_at_its_time(ActorDispatch dispatch)
    {
        IActorRef<Do> actor = Spawn("worker", new ActorOptions { Dispatch = dispatch });
        bool? active = null;
        await RunAsync(actor, context => context.Timers.StartOnce("k", Second, Do.This(inner =>
        {
            active = inner.Timers.IsActive("k");
            Journal.Add("tick");
        })));
        Assert.True(await GetAsync(actor, context => context.Timers.IsActive("k")));

        await Kit.AdvanceAsync(Second - TimeSpan.FromTicks(1));
        Assert.Equal(0, Ticks);
        await Kit.AdvanceAsync(TimeSpan.FromTicks(1));
        Assert.Equal(1, Ticks);
        await Kit.AdvanceAsync(10 * Second);

        Assert.Equal(1, Ticks);
        Assert.False(active);
    }

    [Fact]
    public async Task A_timer_without_delay_ticks_without_the_help_of_time()
    {
        IActorRef<Do> actor = Spawn("worker");
        await RunAsync(actor, context => context.Timers.StartOnce("k", TimeSpan.Zero, Tick));
        await Kit.SettleAsync();
        Assert.Equal(1, Ticks);
    }

    [Fact]
    public async Task A_periodic_timer_ticks_until_it_is_cancelled()
    {
        IActorRef<Do> actor = Spawn("worker");
        await RunAsync(actor, context => context.Timers.StartPeriodic("k", Second, Tick));

        await Kit.AdvanceAsync(3 * Second);
        Assert.Equal(3, Ticks);
        Assert.True(await GetAsync(actor, context => context.Timers.Cancel("k")));
        Assert.False(await GetAsync(actor, context => context.Timers.Cancel("k")));
        await Kit.AdvanceAsync(3 * Second);

        Assert.Equal(3, Ticks);
    }

    [Fact]
    public async Task At_most_one_tick_of_a_timer_waits()
    {
        var gate = new Gate();
        IActorRef<Do> actor = Spawn("worker");
        await RunAsync(actor, context => context.Timers.StartPeriodic("k", Second, Tick));
        actor.TryTell(gate.Message());
        await gate.Entered;

        await Kit.AdvanceAsync(10 * Second);
        gate.Open();
        await Kit.SettleAsync();
        Assert.Equal(1, Ticks);

        await Kit.AdvanceAsync(Second);
        Assert.Equal(2, Ticks);
    }

    [Fact]
    public async Task Ticks_overtake_user_messages_and_need_no_room_in_the_mailbox()
    {
        var gate = new Gate();
        IActorRef<Do> actor = Spawn("worker", new ActorOptions { MailboxCapacity = 1 });
        await RunAsync(actor, context => context.Timers.StartOnce("k", Second, Tick));
        actor.TryTell(gate.Message());
        await gate.Entered;
        actor.TryTell(Do.This(_ => Journal.Add("user")));

        await Kit.AdvanceAsync(Second);
        gate.Open();
        await Kit.SettleAsync();

        Assert.Equal(["tick", "user"], Journal.Entries.Where(entry => entry is "tick" or "user"));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("cancel all")]
    [InlineData("replace")]
    [InlineData("fail")]
    public async Task A_tick_that_waits_already_is_not_delivered_after(string what)
    {
        var gate = new Gate();
        IActorRef<Do> actor = Spawn("worker");
        await RunAsync(actor, context => context.Timers.StartPeriodic("k", Second, Tick));
        actor.TryTell(new Do(async context =>
        {
            await gate.PassAsync().ConfigureAwait(false);
            switch (what)
            {
                case "cancel":
                    context.Timers.Cancel("k");
                    break;
                case "cancel all":
                    context.Timers.CancelAll();
                    break;
                case "replace":
                    context.Timers.StartOnce("k", 100 * Second, Do.This(_ => Journal.Add("replacement")));
                    break;
                default:
                    throw new ScenarioException("boom");
            }
        }));
        await gate.Entered;
        await Kit.AdvanceAsync(Second);

        gate.Open();
        await Kit.AdvanceAsync(50 * Second);
        Assert.Equal(0, Ticks);

        await Kit.AdvanceAsync(50 * Second);
        Assert.Equal(what == "replace" ? 1 : 0, Journal.Entries.Count(entry => entry == "replacement"));
        Assert.Equal(0, Kit.Time.ActiveTimers);
    }

    [Fact]
    public async Task Timers_of_different_keys_do_not_touch_each_other()
    {
        IActorRef<Do> actor = Spawn("worker");
        await RunAsync(actor, context =>
        {
            context.Timers.StartOnce("a", Second, Do.This(_ => Journal.Add("a")));
            context.Timers.StartOnce("b", 2 * Second, Do.This(_ => Journal.Add("b")));
            context.Timers.StartOnce(3, 3 * Second, Do.This(_ => Journal.Add("3")));
            context.Timers.Cancel("b");
        });

        await Kit.AdvanceAsync(5 * Second);

        Assert.Equal(["a", "3"], Journal.Entries.Skip(2));
    }

    [Fact]
    public async Task Timers_end_with_the_actor()
    {
        IActorRef<Do> actor = Spawn("worker");
        await RunAsync(actor, context => context.Timers.StartPeriodic("k", Second, Tick));

        await System.StopAsync(actor);

        Assert.Equal(0, Kit.Time.ActiveTimers);
        await Kit.AdvanceAsync(3 * Second);
        Assert.Equal(0, Ticks);
    }

    [Fact]
    public async Task Timers_survive_a_resumed_failure()
    {
        IActorRef<Do> actor = Spawn("worker", Supervised(Directive.Resume));
        await RunAsync(actor, context => context.Timers.StartPeriodic("k", Second, Tick));

        await FailAsync(actor);
        await Kit.AdvanceAsync(2 * Second);

        Assert.Equal(2, Ticks);
    }

    [Fact]
    public async Task A_tick_may_start_its_own_timer_again()
    {
        IActorRef<Do> actor = Spawn("worker");
        Do? again = null;
        again = Do.This(context =>
        {
            Journal.Add("tick");
            context.Timers.StartOnce("k", Second, again!);
        });
        await RunAsync(actor, context => context.Timers.StartOnce("k", Second, again));

        await Kit.AdvanceAsync(5 * Second);

        Assert.Equal(5, Ticks);
    }

    [Fact]
    public async Task Wrong_delays_are_refused()
    {
        IActorRef<Do> actor = Spawn("worker");
        await RunAsync(actor, context =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => context.Timers.StartOnce("k", -Second, Tick));
            Assert.Throws<ArgumentOutOfRangeException>(() => context.Timers.StartPeriodic("k", TimeSpan.Zero, Tick));
            Assert.False(context.Timers.IsActive("k"));
        });
        Assert.Equal(0, System.Counters.Failures);
    }

    private Do Tick => Do.This(_ => Journal.Add("tick"));

    private int Ticks => Journal.Entries.Count(entry => entry == "tick");
}
