using Microsoft.Extensions.Logging;
using Xunit;

namespace Actors.Conformance;

/// <summary>What becomes of actors that fail.</summary>
public abstract class SupervisionConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task Resume_drops_the_message_and_keeps_the_instance_and_the_mailbox(ActorDispatch dispatch)
    {
        var gate = new Gate();
        bool handled = false;
        IActorRef<Do> actor = Spawn("worker", Supervised(Directive.Resume) with { Dispatch = dispatch });
        actor.TryTell(gate.Message());
        await gate.Entered;
        actor.TryTell(Do.This(_ => throw new ScenarioException("boom")));
        actor.TryTell(Do.This(_ => handled = true));

        gate.Open();
        await Kit.SettleAsync();

        Assert.True(handled);
        Assert.Equal(["worker made", "worker started"], Journal.Entries);
        Assert.Equal(1, System.Counters.Failures);
        Assert.Equal(0, System.Counters.Restarts);
    }

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task Restart_makes_a_new_instance_behind_the_same_ref_and_keeps_the_mailbox(ActorDispatch dispatch)
    {
        var gate = new Gate();
        int handled = 0;
        IActorRef<Do> actor = Spawn("worker", new ActorOptions { Dispatch = dispatch });
        actor.TryTell(gate.Message());
        await gate.Entered;
        actor.TryTell(Do.This(_ => throw new ScenarioException("boom")));
        actor.TryTell(Do.This(_ => handled++));
        actor.TryTell(Do.This(_ => handled++));

        gate.Open();
        await Kit.SettleAsync();

        Assert.Equal(2, handled);
        Assert.Equal(["worker made", "worker started", "worker stopped", "worker made", "worker started"], Journal.Entries);
        Assert.Equal(1, System.Counters.Restarts);
        Assert.Equal(1, System.Counters.StartedActors);
        Assert.Equal(0, System.Counters.DeadLetters);
    }

    [Fact]
    public async Task An_exception_after_an_await_is_a_failure_as_well()
    {
        var gate = new Gate();
        IActorRef<Do> actor = Spawn("worker", Supervised(Directive.Stop));
        actor.TryTell(new Do(async _ =>
        {
            await gate.PassAsync().ConfigureAwait(false);
            throw new ScenarioException("boom");
        }));
        await gate.Entered;

        gate.Open();

        await Kit.ExpectStoppedAsync(actor);
    }

    [Fact]
    public async Task Restart_ends_the_children_before_the_instance()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child");
        Journal.Clear();

        await FailAsync(parent);

        Assert.Equal(["child stopped", "parent stopped", "parent made", "parent started"], Journal.Entries);
        await Kit.ExpectStoppedAsync(child);
        Assert.Empty(await GetAsync(parent, context => context.Children));
    }

    [Fact]
    public async Task Stop_ends_the_actor_for_good_and_leaves_its_siblings_alone()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> failing = await SpawnChildAsync(parent, "failing", new ActorOptions { Supervision = SupervisionPolicy.StopOnFailure });
        IActorRef<Do> sibling = await SpawnChildAsync(parent, "sibling");

        await FailAsync(failing);

        await Kit.ExpectStoppedAsync(failing);
        await Kit.ExpectAliveAsync(sibling);
        Assert.Equal([sibling], await GetAsync(parent, context => context.Children));
    }

    [Fact]
    public async Task Escalate_ends_the_child_and_fails_the_parent_with_the_same_exception()
    {
        Exception? seen = null;
        IActorRef<Do> parent = Spawn("parent", new ActorOptions
        {
            Supervision = new SupervisionPolicy
            {
                Decide = error =>
                {
                    seen = error;
                    return Directive.Restart;
                },
            },
        });
        IActorRef<Do> child = await SpawnChildAsync(parent, "child", new ActorOptions { Supervision = SupervisionPolicy.EscalateFailure });
        Journal.Clear();

        await FailAsync(child, "from below");

        Assert.Equal("from below", Assert.IsType<ScenarioException>(seen).Message);
        await Kit.ExpectStoppedAsync(child);
        await Kit.ExpectAliveAsync(parent);
        Assert.Equal(["child stopped", "parent stopped", "parent made", "parent started"], Journal.Entries);
    }

    [Fact]
    public async Task A_parent_resumed_after_an_escalation_keeps_its_other_children()
    {
        IActorRef<Do> parent = Spawn("parent", Supervised(Directive.Resume));
        IActorRef<Do> child = await SpawnChildAsync(parent, "child", Supervised(Directive.Escalate));
        IActorRef<Do> sibling = await SpawnChildAsync(parent, "sibling");

        await FailAsync(child);

        await Kit.ExpectStoppedAsync(child);
        Assert.Equal([sibling], await GetAsync(parent, context => context.Children));
    }

    [Fact]
    public async Task An_escalation_passes_every_level_that_escalates()
    {
        IActorRef<Do> top = Spawn("top", Supervised(Directive.Resume));
        IActorRef<Do> middle = await SpawnChildAsync(top, "middle", Supervised(Directive.Escalate));
        IActorRef<Do> leaf = await SpawnChildAsync(middle, "leaf", Supervised(Directive.Escalate));

        await FailAsync(leaf);

        await Kit.ExpectStoppedAsync(leaf);
        await Kit.ExpectStoppedAsync(middle);
        await Kit.ExpectAliveAsync(top);
    }

    [Fact]
    public async Task An_escalation_from_the_top_stops_the_actor_and_is_logged_as_an_error()
    {
        IActorRef<Do> actor = Spawn("worker", Supervised(Directive.Escalate));

        await FailAsync(actor);

        await Kit.ExpectStoppedAsync(actor);
        await Kit.Logs.ExpectAsync(LogLevel.Error, condition: record => record.Exception is ScenarioException);
    }

    [Fact]
    public async Task A_throw_in_the_decision_counts_as_escalate()
    {
        IActorRef<Do> parent = Spawn("parent", Supervised(Directive.Stop));
        IActorRef<Do> child = await SpawnChildAsync(parent, "child", new ActorOptions
        {
            Supervision = new SupervisionPolicy { Decide = _ => throw new InvalidOperationException("undecided") },
        });

        await FailAsync(child);

        await Kit.ExpectStoppedAsync(parent);
    }

    [Fact]
    public async Task The_decision_is_taken_within_a_turn_of_the_parent()
    {
        var gate = new Gate();
        bool decided = false;
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child", new ActorOptions
        {
            Supervision = new SupervisionPolicy
            {
                Decide = _ =>
                {
                    decided = true;
                    return Directive.Restart;
                },
            },
        });
        parent.TryTell(gate.Message());
        await gate.Entered;

        await FailAsync(child);
        Assert.False(decided);

        gate.Open();
        await Kit.SettleAsync();
        Assert.True(decided);
    }

    [Fact]
    public async Task A_failing_factory_is_a_failure_of_the_child_and_not_of_the_spawner()
    {
        IActorRef<Do> parent = Spawn("parent");

        IActorRef<Do> child = await GetAsync(parent, context => context.Spawn<Do>(
            "child",
            () => throw new ScenarioException("no instance"),
            new ActorOptions { Supervision = SupervisionPolicy.StopOnFailure }));

        await Kit.ExpectStoppedAsync(child);
        await Kit.ExpectAliveAsync(parent);
        Assert.Equal(1, System.Counters.Failures);
    }

    [Fact]
    public async Task A_failure_to_start_cannot_be_resumed_and_restarts_instead()
    {
        int starts = 0;
        IActorRef<Do> actor = System.Spawn(
            "worker",
            () => new Scripted<Do>
            {
                Start = _ => ++starts < 3 ? throw new ScenarioException("not yet") : default(ValueTask),
                Message = (context, message) => message.Code(context),
                Stop = _ =>
                {
                    Journal.Add("stopped");
                    return default;
                },
            },
            Supervised(Directive.Resume));
        await Kit.SettleAsync();

        Assert.Equal(3, starts);
        Assert.Equal(2, System.Counters.Restarts);
        Assert.Equal(["stopped", "stopped"], Journal.Entries);
        Assert.Equal(7, await GetAsync(actor, _ => 7));
    }

    [Fact]
    public async Task A_factory_that_returns_a_used_instance_is_a_failure()
    {
        var once = new Scripted<Do> { Message = (_, _) => throw new ScenarioException("boom") };
        IActorRef<Do> actor = System.Spawn("worker", () => once, new ActorOptions
        {
            Supervision = new SupervisionPolicy { Decide = error => error is ScenarioException ? Directive.Restart : Directive.Stop },
        });

        actor.TryTell(Do.Nothing);

        await Kit.ExpectStoppedAsync(actor);
        Assert.Equal(2, System.Counters.Failures);
    }

    [Fact]
    public async Task Stopping_fires_before_a_restart_and_the_next_instance_has_a_fresh_one()
    {
        IActorRef<Do> actor = Spawn("worker");
        CancellationToken first = await GetAsync(actor, context => context.Stopping);

        await FailAsync(actor);
        CancellationToken second = await GetAsync(actor, context => context.Stopping);

        Assert.True(first.IsCancellationRequested);
        Assert.False(second.IsCancellationRequested);
    }

    [Fact]
    public async Task A_stop_during_a_restart_wins()
    {
        var gate = new Gate();
        IActorRef<Do> actor = System.Spawn("worker", () => new Scripted<Do>
        {
            Start = _ =>
            {
                Journal.Add("started");
                return default;
            },
            Message = (_, _) => throw new ScenarioException("boom"),
            Stop = _ => gate.PassAsync(),
        });
        actor.TryTell(Do.Nothing);
        await gate.Entered;

        Task stopped = System.StopAsync(actor);
        gate.Open();
        await stopped;

        Assert.Equal(["started"], Journal.Entries);
    }

    [Fact]
    public async Task Failures_of_several_children_are_each_decided_on()
    {
        IActorRef<Do> parent = Spawn("parent");
        var children = new List<IActorRef<Do>>();
        for (int i = 0; i < 10; i++)
            children.Add(await SpawnChildAsync(parent, $"child{i}"));

        foreach (IActorRef<Do> child in children)
            child.TryTell(Do.This(_ => throw new ScenarioException("boom")));
        await Kit.SettleAsync();

        Assert.Equal(10, System.Counters.Restarts);
        foreach (IActorRef<Do> child in children)
            Assert.Equal(1, await GetAsync(child, _ => 1));
    }
}
