using Xunit;

namespace Actors.Conformance;

/// <summary>Restart limits and delays.</summary>
public abstract class BackoffConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    private static readonly BackoffPolicy Exact = new()
    {
        Min = TimeSpan.FromSeconds(1),
        Max = TimeSpan.FromSeconds(5),
        Jitter = 0,
        ResetAfter = TimeSpan.FromMinutes(1),
    };

    [Fact]
    public async Task Each_restart_waits_longer_up_to_the_longest_delay()
    {
        IActorRef<Do> actor = Spawn("worker", With(new SupervisionPolicy { Backoff = Exact }));

        foreach (int seconds in (int[])[1, 2, 4, 5, 5])
            await FailAndExpectRestartAfterAsync(actor, TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_long_life_begins_the_delays_anew()
    {
        IActorRef<Do> actor = Spawn("worker", With(new SupervisionPolicy { Backoff = Exact }));
        await FailAndExpectRestartAfterAsync(actor, TimeSpan.FromSeconds(1));
        await FailAndExpectRestartAfterAsync(actor, TimeSpan.FromSeconds(2));

        await Kit.AdvanceAsync(TimeSpan.FromSeconds(59));
        await FailAndExpectRestartAfterAsync(actor, TimeSpan.FromSeconds(4));
        await Kit.AdvanceAsync(TimeSpan.FromMinutes(1));
        await FailAndExpectRestartAfterAsync(actor, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Jitter_takes_away_a_share_and_no_more()
    {
        IActorRef<Do> actor = Spawn("worker", With(new SupervisionPolicy
        {
            Backoff = Exact with { Factor = 1, Min = TimeSpan.FromSeconds(4), Jitter = 0.5 },
        }));

        var delays = new HashSet<TimeSpan>();
        for (int i = 0; i < 20; i++)
        {
            TimeSpan failedAt = Kit.Time.Elapsed;
            await FailAsync(actor);
            Journal.Clear();
            while (Journal.Entries.Count == 0)
                Assert.True(await StepAsync());
            delays.Add(Kit.Time.Elapsed - failedAt);
        }

        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)));
        Assert.True(delays.Count > 10);
    }

    [Fact]
    public async Task The_mailbox_takes_messages_during_the_delay()
    {
        bool handled = false;
        IActorRef<Do> actor = Spawn("worker", With(new SupervisionPolicy { Backoff = Exact }));
        await FailAsync(actor);

        Assert.Equal(TellResult.Accepted, actor.TryTell(Do.This(_ => handled = true)));
        await Kit.SettleAsync();
        Assert.False(handled);

        await Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.True(handled);
    }

    [Fact]
    public async Task A_stop_during_the_delay_ends_the_actor_at_once()
    {
        IActorRef<Do> actor = Spawn("worker", With(new SupervisionPolicy { Backoff = Exact }));
        await FailAsync(actor);
        actor.TryTell(Do.Nothing);

        await System.StopAsync(actor);

        Assert.Equal(0, Kit.Time.ActiveTimers);
        Assert.Equal(1, System.Counters.DeadLetters);
        Assert.Equal(["worker made", "worker started", "worker stopped"], Journal.Entries);
    }

    [Fact]
    public async Task One_restart_more_than_allowed_stops_the_actor()
    {
        IActorRef<Do> actor = Spawn("worker", With(new SupervisionPolicy { MaxRestarts = 3 }));
        for (int i = 0; i < 3; i++)
            await FailAsync(actor);
        await Kit.ExpectAliveAsync(actor);
        await Kit.AdvanceAsync(TimeSpan.FromDays(1));

        await FailAsync(actor);

        await Kit.ExpectStoppedAsync(actor);
        Assert.Equal(3, System.Counters.Restarts);
    }

    [Fact]
    public async Task The_limit_counts_within_its_sliding_window()
    {
        IActorRef<Do> actor = Spawn("worker", With(new SupervisionPolicy { MaxRestarts = 2, Window = TimeSpan.FromSeconds(10) }));
        await FailAsync(actor);
        await Kit.AdvanceAsync(TimeSpan.FromSeconds(6));
        await FailAsync(actor);
        await Kit.AdvanceAsync(TimeSpan.FromSeconds(4));
        await FailAsync(actor);
        await Kit.ExpectAliveAsync(actor);

        await FailAsync(actor);

        await Kit.ExpectStoppedAsync(actor);
    }

    [Fact]
    public async Task By_default_ten_restarts_within_a_minute_are_allowed()
    {
        IActorRef<Do> patient = Spawn("patient");
        IActorRef<Do> hasty = Spawn("hasty");
        for (int i = 0; i < 12; i++)
        {
            await FailAsync(patient);
            await Kit.AdvanceAsync(TimeSpan.FromSeconds(6));
        }

        for (int i = 0; i < 10; i++)
            await FailAsync(hasty);
        await Kit.ExpectAliveAsync(hasty);
        await FailAsync(hasty);

        await Kit.ExpectStoppedAsync(hasty);
        await Kit.ExpectAliveAsync(patient);
    }

    [Fact]
    public async Task No_restart_allowed_means_the_first_failure_stops()
    {
        IActorRef<Do> actor = Spawn("worker", With(new SupervisionPolicy { MaxRestarts = 0 }));
        await FailAsync(actor);
        await Kit.ExpectStoppedAsync(actor);
    }

    [Fact]
    public async Task An_actor_that_never_starts_reaches_its_limit()
    {
        int made = 0;
        IActorRef<Do> actor = System.Spawn<Do>(
            "worker",
            () =>
            {
                made++;
                throw new ScenarioException("no instance");
            },
            With(new SupervisionPolicy { MaxRestarts = 4, Backoff = Exact }));

        await Kit.AdvanceAsync(TimeSpan.FromMinutes(5));

        await Kit.ExpectStoppedAsync(actor);
        Assert.Equal(5, made);
    }

    private static ActorOptions With(SupervisionPolicy policy) => new() { Supervision = policy };

    private async Task FailAndExpectRestartAfterAsync(IActorRef<Do> actor, TimeSpan delay)
    {
        await FailAsync(actor);
        Journal.Clear();
        await Kit.AdvanceAsync(delay - TimeSpan.FromTicks(1));
        Assert.Empty(Journal.Entries);
        await Kit.AdvanceAsync(TimeSpan.FromTicks(1));
        Assert.Equal(["worker made", "worker started"], Journal.Entries);
    }

    private async Task<bool> StepAsync()
    {
        bool fired = Kit.Time.TryAdvanceToNextTimer(TimeSpan.FromMinutes(1));
        await Kit.SettleAsync();
        return fired;
    }
}
