using Xunit;

namespace Actors.Conformance;

/// <summary>Refs, mailboxes and turns.</summary>
public abstract class TellConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task Messages_of_one_teller_are_handled_in_order(ActorDispatch dispatch)
    {
        var handled = new List<int>();
        IActorRef<int> actor = System.Spawn("sink", () => Sink(handled.Add), new ActorOptions { Dispatch = dispatch, Throughput = 7 });

        for (int i = 0; i < 1000; i++)
            Assert.Equal(TellResult.Accepted, actor.TryTell(i));
        await Kit.SettleAsync();

        Assert.Equal(Enumerable.Range(0, 1000), handled);
    }

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task One_message_is_handled_at_a_time_however_many_tell(ActorDispatch dispatch)
    {
        int inside = 0, most = 0, total = 0;
        IActorRef<int> actor = System.Spawn(
            "sink",
            () => Sink(_ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                total++;
                Interlocked.Decrement(ref inside);
            }),
            new ActorOptions { Dispatch = dispatch, MailboxCapacity = 100_000 });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 5000; i++)
                actor.TryTell(i);
        })));
        await Kit.SettleAsync();

        Assert.Equal(1, most);
        Assert.Equal(20_000, total);
    }

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task While_a_handler_awaits_the_mailbox_waits(ActorDispatch dispatch)
    {
        var gate = new Gate();
        IActorRef<Do> actor = Spawn("worker", new ActorOptions { Dispatch = dispatch });
        bool handled = false;

        actor.TryTell(gate.Message());
        await gate.Entered;
        Assert.Equal(TellResult.Accepted, actor.TryTell(Do.This(_ => handled = true)));
        await Kit.SettleAsync();
        Assert.False(handled);

        gate.Open();
        await Kit.SettleAsync();
        Assert.True(handled);
    }

    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task A_mailbox_holds_its_capacity_and_says_when_it_is_full(ActorDispatch dispatch)
    {
        var gate = new Gate();
        int handled = 0;
        IActorRef<Do> actor = Spawn("worker", new ActorOptions { MailboxCapacity = 3, Dispatch = dispatch });
        Do count = Do.This(_ => handled++);

        actor.TryTell(gate.Message());
        await gate.Entered;
        for (int i = 0; i < 3; i++)
            Assert.Equal(TellResult.Accepted, actor.TryTell(count));
        Assert.Equal(TellResult.MailboxFull, actor.TryTell(count));

        gate.Open();
        await Kit.SettleAsync();
        Assert.Equal(3, handled);
        Assert.Equal(TellResult.Accepted, actor.TryTell(count));
    }

    [Fact]
    public async Task An_ended_actor_refuses_and_its_ref_does_not_throw()
    {
        IActorRef<Do> actor = Spawn("worker");
        await System.StopAsync(actor);

        Assert.Equal(TellResult.Stopped, actor.TryTell(Do.Nothing));
    }

    [Fact]
    public async Task A_stopping_actor_refuses_before_it_has_ended()
    {
        var gate = new Gate();
        IActorRef<Do> actor = Spawn("worker");
        actor.TryTell(gate.Message());
        await gate.Entered;

        Task stopped = System.StopAsync(actor);

        Assert.Equal(TellResult.Stopped, actor.TryTell(Do.Nothing));
        Assert.False(stopped.IsCompleted);
        gate.Open();
        await stopped;
    }

    [Fact]
    public async Task A_ref_knows_its_path_and_system_and_equals_itself_alone()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child");
        IActorRef<Do> self = await GetAsync(child, context => context.Self);

        Assert.Equal("/parent/child", child.Path.ToString());
        Assert.Equal(parent.Path, child.Path.Parent);
        Assert.Same(System, child.System);
        Assert.Equal(child, self);
        Assert.NotEqual<IActorRef>(parent, child);
    }

    [Fact]
    public async Task A_later_actor_of_the_same_path_has_another_ref()
    {
        IActorRef<Do> first = Spawn("worker");
        await System.StopAsync(first);
        IActorRef<Do> second = Spawn("worker");

        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
        Assert.Equal(TellResult.Stopped, first.TryTell(Do.Nothing));
        Assert.Equal(TellResult.Accepted, second.TryTell(Do.Nothing));
    }

    [Fact]
    public async Task Inline_actors_that_tell_each_other_neither_nest_in_a_handler_nor_deadlock()
    {
        var options = new ActorOptions { Dispatch = ActorDispatch.Inline };
        IActorRef<Do> a = Spawn("a", options);
        IActorRef<Do> b = Spawn("b", options);
        var order = new Journal();

        a.TryTell(Do.This(_ =>
        {
            order.Add("a begins");
            b.TryTell(Do.This(_ =>
            {
                a.TryTell(Do.This(_ => order.Add("a is told back")));
                order.Add("b ends");
            }));
            order.Add("a ends");
        }));
        await Kit.SettleAsync();

        string[] entries = [.. order.Entries];
        Assert.Equal(4, entries.Length);
        Assert.True(Array.IndexOf(entries, "a ends") < Array.IndexOf(entries, "a is told back"));
    }

    [Fact]
    public async Task A_long_ring_of_inline_actors_does_not_exhaust_the_stack()
    {
        const int Length = 20_000;
        int handled = 0;
        var ring = new IActorRef<int>[64];
        for (int i = 0; i < ring.Length; i++)
        {
            int next = (i + 1) % ring.Length;
            ring[i] = System.Spawn(
                $"a{i}",
                () => Sink(left =>
                {
                    Interlocked.Increment(ref handled);
                    if (left > 0)
                        ring[next].TryTell(left - 1);
                }),
                new ActorOptions { Dispatch = ActorDispatch.Inline });
        }

        ring[0].TryTell(Length);
        await Kit.SettleAsync();

        Assert.Equal(Length + 1, handled);
    }

    private static Scripted<int> Sink(Action<int> handle) => new()
    {
        Message = (_, message) =>
        {
            handle(message);
            return default;
        },
    };
}
