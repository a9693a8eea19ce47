using Xunit;

namespace Actors.Conformance;

/// <summary>What a system says of its mailboxes.</summary>
public abstract class MailboxConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task Messages_that_wait_are_seen_waiting_wherever_in_the_tree(ActorDispatch dispatch)
    {
        ActorOptions options = new() { Dispatch = dispatch };
        IActorRef<Do> parent = Spawn("parent", options);
        IActorRef<Do> child = await SpawnChildAsync(parent, "child", options);
        IActorRef<Do> grandchild = await SpawnChildAsync(child, "grandchild", options);
        Assert.Equal(default, System.ReadMailboxes());
        Gate atParent = new();
        Gate atGrandchild = new();
        parent.TryTell(atParent.Message());
        grandchild.TryTell(atGrandchild.Message());
        await atParent.Entered;
        await atGrandchild.Entered;

        // What they handle does not wait any more.
        Assert.Equal(default, System.ReadMailboxes());
        parent.TryTell(Do.Nothing);
        for (int i = 0; i < 3; i++)
            grandchild.TryTell(Do.Nothing);

        Assert.Equal(new MailboxReading(4, 3, grandchild.Path), System.ReadMailboxes());
        atParent.Open();
        await Kit.SettleAsync();
        Assert.Equal(new MailboxReading(3, 3, grandchild.Path), System.ReadMailboxes());
        atGrandchild.Open();
        await Kit.SettleAsync();
        Assert.Equal(default, System.ReadMailboxes());
    }

    [Fact]
    public async Task Nothing_waits_for_an_actor_that_has_ended()
    {
        Gate gate = new();
        IActorRef<Do> actor = Spawn("worker");
        actor.TryTell(gate.Message());
        await gate.Entered;
        actor.TryTell(Do.Nothing);
        Assert.Equal(1, System.ReadMailboxes().Waiting);

        Task stopped = System.StopAsync(actor);
        gate.Open();
        await stopped;

        Assert.Equal(default, System.ReadMailboxes());
    }

    [Fact]
    public async Task Mailboxes_can_be_read_while_actors_come_and_go()
    {
        IActorRef<Do> parent = Spawn("parent");
        using CancellationTokenSource over = new();
        Task<int> reading = Task.Run(() =>
        {
            int readings = 0;
            for (; readings == 0 || !over.IsCancellationRequested; readings++)
                Assert.InRange(System.ReadMailboxes().Waiting, 0, 2);
            return readings;
        });

        for (int i = 0; i < 500; i++)
        {
            IActorRef<Do> child = await SpawnChildAsync(parent, $"child-{i}");
            child.TryTell(Do.Nothing);
            await System.StopAsync(child);
        }

        await over.CancelAsync();
        Assert.True(await reading.WaitAsync(Kit.RealTimeLimit) > 0);
    }
}
