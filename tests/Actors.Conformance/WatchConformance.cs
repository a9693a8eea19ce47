using Actors.TestKit;
using Xunit;

namespace Actors.Conformance;

/// <summary>Death watch.</summary>
public abstract class WatchConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task The_end_of_a_watched_actor_is_reported_once(ActorDispatch dispatch)
    {
        IActorRef<Do> watcher = Spawn("watcher", new ActorOptions { Dispatch = dispatch });
        IActorRef<Do> watched = Spawn("watched");
        await RunAsync(watcher, context => context.Watch(watched, Noted("ended")));
        await Kit.SettleAsync();
        Assert.Equal(0, Count("ended"));

        await System.StopAsync(watched);
        await Kit.SettleAsync();

        Assert.Equal(1, Count("ended"));
    }

    [Fact]
    public async Task An_actor_that_has_ended_already_is_reported_at_once_each_time()
    {
        IActorRef<Do> watcher = Spawn("watcher");
        IActorRef<Do> watched = Spawn("watched");
        await System.StopAsync(watched);

        await RunAsync(watcher, context => context.Watch(watched, Noted("ended")));
        Assert.Equal(1, Count("ended"));
        await RunAsync(watcher, context => context.Watch(watched, Noted("ended")));
        Assert.Equal(2, Count("ended"));
    }

    [Fact]
    public async Task A_restart_is_not_an_end()
    {
        IActorRef<Do> watcher = Spawn("watcher");
        IActorRef<Do> watched = Spawn("watched");
        await RunAsync(watcher, context => context.Watch(watched, Noted("ended")));

        await FailAsync(watched);

        Assert.Equal(1, System.Counters.Restarts);
        Assert.Equal(0, Count("ended"));
    }

    [Fact]
    public async Task Watching_twice_replaces_the_message()
    {
        IActorRef<Do> watcher = Spawn("watcher");
        IActorRef<Do> watched = Spawn("watched");
        await RunAsync(watcher, context =>
        {
            context.Watch(watched, Noted("first"));
            context.Watch(watched, Noted("second"));
        });

        await System.StopAsync(watched);
        await Kit.SettleAsync();

        Assert.Equal(0, Count("first"));
        Assert.Equal(1, Count("second"));
    }

    [Fact]
    public async Task Nothing_is_delivered_after_an_unwatch()
    {
        var gate = new Gate();
        IActorRef<Do> watcher = Spawn("watcher");
        IActorRef<Do> watched = Spawn("watched");
        await RunAsync(watcher, context => context.Watch(watched, Noted("ended")));
        watcher.TryTell(new Do(async context =>
        {
            await gate.PassAsync().ConfigureAwait(false);
            context.Unwatch(watched);
            context.Unwatch(watched);
        }));
        await gate.Entered;

        // The end is reported to the mailbox while the handler that ends the watch is still at work.
        await System.StopAsync(watched);
        await Kit.SettleAsync();
        gate.Open();
        await Kit.SettleAsync();

        Assert.Equal(0, Count("ended"));
    }

    [Fact]
    public async Task The_report_overtakes_user_messages_and_needs_no_room_in_the_mailbox()
    {
        var gate = new Gate();
        IActorRef<Do> watcher = Spawn("watcher", new ActorOptions { MailboxCapacity = 2 });
        IActorRef<Do> watched = Spawn("watched");
        await RunAsync(watcher, context => context.Watch(watched, Noted("ended")));
        watcher.TryTell(gate.Message());
        await gate.Entered;
        watcher.TryTell(Noted("user"));
        watcher.TryTell(Noted("user"));
        Assert.Equal(TellResult.MailboxFull, watcher.TryTell(Noted("user")));

        await System.StopAsync(watched);
        await Kit.SettleAsync();
        gate.Open();
        await Kit.SettleAsync();

        Assert.Equal(["ended", "user", "user"], Journal.Entries.Where(entry => entry is "ended" or "user"));
    }

    [Fact]
    public async Task A_watched_child_has_ended_when_its_parent_is_told()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child");
        int? living = null;
        await RunAsync(parent, context => context.Watch(child, Do.This(inner =>
        {
            living = inner.Children.Count;
            inner.Spawn("child", () => new Worker("child", Journal));
        })));

        await RunAsync(child, context => context.StopSelf());
        await Kit.SettleAsync();

        Assert.Equal(0, living);
        Assert.Equal(0, System.Counters.Failures);
    }

    [Fact]
    public async Task Watches_end_with_the_instance()
    {
        IActorRef<Do> watcher = Spawn("watcher");
        IActorRef<Do> watched = Spawn("watched");
        await RunAsync(watcher, context => context.Watch(watched, Noted("ended")));
        await FailAsync(watcher);

        await System.StopAsync(watched);
        await Kit.SettleAsync();

        Assert.Equal(0, Count("ended"));
    }

    [Fact]
    public async Task Two_actors_may_watch_each_other()
    {
        IActorRef<Do> one = Spawn("one");
        IActorRef<Do> two = Spawn("two");
        await RunAsync(one, context => context.Watch(two, Noted("two ended")));
        await RunAsync(two, context => context.Watch(one, Noted("one ended")));

        await System.StopAsync(one);
        await Kit.SettleAsync();

        Assert.Equal(1, Count("one ended"));
        await Kit.ExpectAliveAsync(two);
    }

    [Fact]
    public async Task An_actor_cannot_watch_itself()
    {
        IActorRef<Do> actor = Spawn("worker");
        await RunAsync(actor, context => Assert.Throws<ArgumentException>(() => context.Watch(context.Self, Do.Nothing)));
        Assert.Equal(0, System.Counters.Failures);
    }

    [Fact]
    public async Task A_probe_sees_the_end_of_what_it_watches()
    {
        TestProbe<string> probe = Kit.CreateProbe<string>();
        IActorRef<Do> watched = Spawn("watched");
        await probe.WatchAsync(watched, "ended");

        await System.StopAsync(watched);

        await probe.ExpectMessageAsync("ended");
        await probe.ExpectNothingAsync();
    }

    private Do Noted(string entry) => Do.This(_ => Journal.Add(entry));

    private int Count(string entry) => Journal.Entries.Count(item => item == entry);
}
