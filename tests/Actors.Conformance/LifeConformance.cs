using Xunit;

namespace Actors.Conformance;

/// <summary>Starting and stopping.</summary>
public abstract class LifeConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task An_actor_starts_before_its_first_message_and_stops_once(ActorDispatch dispatch)
    {
        IActorRef<Do> actor = Spawn("worker", new ActorOptions { Dispatch = dispatch });
        actor.TryTell(Do.This(_ => Journal.Add("handled")));
        await Kit.SettleAsync();

        await System.StopAsync(actor);
        await System.StopAsync(actor);

        Assert.Equal(["worker made", "worker started", "handled", "worker stopped"], Journal.Entries);
    }

    [Fact]
    public async Task Messages_told_during_an_awaiting_start_wait_for_it()
    {
        var gate = new Gate();
        bool handled = false;
        IActorRef<Do> actor = System.Spawn("worker", () => new Scripted<Do>
        {
            Start = _ => gate.PassAsync(),
            Message = (context, message) => message.Code(context),
        });
        actor.TryTell(Do.This(_ => handled = true));
        await gate.Entered;
        await Kit.SettleAsync();
        Assert.False(handled);

        gate.Open();
        await Kit.SettleAsync();
        Assert.True(handled);
    }

    [Fact]
    public async Task Actors_stop_from_the_leaves_up()
    {
        IActorRef<Do> root = Spawn("root");
        IActorRef<Do> middle = await SpawnChildAsync(root, "middle");
        await SpawnChildAsync(middle, "leaf1");
        await SpawnChildAsync(middle, "leaf2");
        Journal.Clear();

        await System.StopAsync(root);

        Assert.Equal(["leaf1 stopped", "leaf2 stopped"], Journal.Entries.Take(2).Order());
        Assert.Equal(["middle stopped", "root stopped"], Journal.Entries.Skip(2));
    }

    [Fact]
    public async Task A_parent_waits_for_a_child_that_takes_its_time_to_stop()
    {
        var gate = new Gate();
        IActorRef<Do> parent = Spawn("parent");
        await RunAsync(parent, context => context.Spawn("slow", () => new Scripted<Do> { Stop = _ => gate.PassAsync() }));

        Task stopped = System.StopAsync(parent);
        await gate.Entered;
        await Kit.SettleAsync();
        Assert.DoesNotContain("parent stopped", Journal.Entries);
        Assert.False(stopped.IsCompleted);

        gate.Open();
        await stopped;
        Assert.Contains("parent stopped", Journal.Entries);
    }

    [Fact]
    public async Task Stopping_oneself_ends_after_the_message_and_leaves_the_rest_unhandled()
    {
        bool rest = false, later = false;
        IActorRef<Do> actor = Spawn("worker");

        actor.TryTell(Do.This(context =>
        {
            context.Self.TryTell(Do.This(_ => later = true));
            context.StopSelf();
            rest = true;
        }));
        await Kit.ExpectStoppedAsync(actor);

        Assert.True(rest);
        Assert.False(later);
        Assert.Equal(1, System.Counters.DeadLetters);
    }

    [Fact]
    public async Task A_parent_stops_a_child_and_goes_on()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child");

        await RunAsync(parent, context => context.Stop(child));

        await Kit.ExpectStoppedAsync(child);
        await Kit.ExpectAliveAsync(parent);
        await RunAsync(parent, context => context.Stop(child));
    }

    [Fact]
    public async Task The_system_stops_an_actor_anywhere_in_the_tree()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child");

        await System.StopAsync(child);

        await Kit.ExpectAliveAsync(parent);
        Assert.Empty(await GetAsync(parent, context => context.Children));
    }

    [Fact]
    public async Task Giving_up_the_wait_does_not_give_up_the_stop()
    {
        var gate = new Gate();
        IActorRef<Do> actor = Spawn("worker");
        actor.TryTell(gate.Message());
        await gate.Entered;
        using var cancelled = new CancellationTokenSource();

        Task waiting = System.StopAsync(actor, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        gate.Open();
        await Kit.ExpectStoppedAsync(actor);
    }

    [Fact]
    public async Task Whoever_waits_for_the_end_is_told_and_stops_nothing()
    {
        IActorRef<Do> actor = Spawn("worker");
        Task ended = System.WhenStopped(actor);
        await Kit.SettleAsync();
        Assert.False(ended.IsCompleted);

        await System.StopAsync(actor);

        await ended;
        await System.WhenStopped(actor);
    }

    [Fact]
    public async Task A_name_is_unique_among_the_living_and_free_after_the_end()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child");
        await RunAsync(parent, context => Assert.Throws<ArgumentException>(() => context.Spawn("child", () => new Worker("again", Journal))));
        Assert.Throws<ArgumentException>(() => Spawn("parent"));

        await System.StopAsync(child);
        await SpawnChildAsync(parent, "child");
        await System.StopAsync(parent);
        Spawn("parent");

        Assert.Equal(0, System.Counters.Failures);
    }

    [Fact]
    public async Task A_handler_that_awaits_a_childs_end_may_take_its_name_at_once()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child");
        IActorRef<Do>? successor = null;

        parent.TryTell(new Do(async context =>
        {
            await context.System.StopAsync(child).ConfigureAwait(false);
            successor = context.Spawn("child", () => new Worker("child", Journal));
        }));
        await Kit.SettleAsync();

        Assert.NotNull(successor);
        Assert.Equal([successor], await GetAsync(parent, context => context.Children));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public async Task A_name_with_forbidden_characters_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => Spawn(name));
        IActorRef<Do> parent = Spawn("parent");
        await RunAsync(parent, context => Assert.Throws<ArgumentException>(() => context.Spawn(name, () => new Worker("x", Journal))));
        Assert.Equal(0, System.Counters.Failures);
    }

    [Fact]
    public async Task Stopping_fires_when_the_actor_is_told_to_stop()
    {
        IActorRef<Do> actor = Spawn("worker");
        bool gaveUp = false;
        var entered = new TaskCompletionSource();
        actor.TryTell(new Do(async context =>
        {
            entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, context.Stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                gaveUp = true;
                throw;
            }
        }));
        await entered.Task;

        await System.StopAsync(actor).WaitAsync(Kit.RealTimeLimit);

        Assert.True(gaveUp);
        Assert.Equal(0, System.Counters.Failures);
        await Kit.Logs.ExpectNoErrorsAsync();
    }

    [Fact]
    public async Task A_throw_on_stop_is_logged_and_changes_nothing()
    {
        IActorRef<Do> actor = System.Spawn("worker", () => new Scripted<Do> { Stop = _ => throw new ScenarioException("on stop") });
        await Kit.SettleAsync();

        await System.StopAsync(actor);

        Assert.Contains(Kit.Logs.Records, record => record.Exception is ScenarioException);
        Assert.Equal(0, System.Counters.LivingActors);
    }

    [Fact]
    public async Task A_stopping_actor_starts_no_child()
    {
        Exception? refusal = null;
        IActorRef<Do> actor = System.Spawn("worker", () => new Scripted<Do>
        {
            Stop = context =>
            {
                refusal = Record.Exception(() => context.Spawn("late", () => new Worker("late", Journal)));
                return default;
            },
        });
        await Kit.SettleAsync();

        await System.StopAsync(actor);

        Assert.IsAssignableFrom<InvalidOperationException>(refusal);
    }

    [Fact]
    public async Task Shutdown_stops_all_from_the_leaves_up_and_refuses_new_ones()
    {
        IActorRef<Do> parent = Spawn("parent");
        await SpawnChildAsync(parent, "child");
        Spawn("other");
        await Kit.SettleAsync();
        Journal.Clear();

        await System.ShutdownAsync();
        await System.ShutdownAsync();

        string[] entries = [.. Journal.Entries];
        Assert.Equal(["child stopped", "other stopped", "parent stopped"], entries.Order());
        Assert.True(Array.IndexOf(entries, "child stopped") < Array.IndexOf(entries, "parent stopped"));
        Assert.Equal(0, System.Counters.LivingActors);
        Assert.Throws<ObjectDisposedException>(() => Spawn("late"));
    }

    [Fact]
    public async Task Giving_up_the_wait_for_a_shutdown_does_not_give_up_the_shutdown()
    {
        var gate = new Gate();
        IActorRef<Do> actor = Spawn("worker");
        actor.TryTell(gate.Message());
        await gate.Entered;
        using var cancellation = new CancellationTokenSource();

        Task waiting = System.ShutdownAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(System.Stopped.IsCompleted);

        gate.Open();
        await System.Stopped.WaitAsync(Kit.RealTimeLimit);
        Assert.Equal(0, System.Counters.LivingActors);
    }

    [Fact]
    public async Task Disposing_an_empty_system_completes()
    {
        await System.DisposeAsync();
        await System.Stopped;
        Assert.Throws<ObjectDisposedException>(() => Spawn("late"));
    }
}
