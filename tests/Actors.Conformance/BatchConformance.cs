using Xunit;

namespace Actors.Conformance;

/// <summary>The end of a batch.</summary>
public abstract class BatchConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    [Theory]
    [MemberData(nameof(Dispatches))]
    public async Task A_batch_ends_after_the_last_message_and_never_without_one(ActorDispatch dispatch)
    {
        var gate = new Gate();
        int open = 0, handled = 0, ends = 0;
        IActorRef<Do> actor = System.Spawn(
            "batcher",
            () => new Scripted<Do>
            {
                Message = (context, message) =>
                {
                    open++;
                    handled++;
                    return message.Code(context);
                },
                BatchEnd = _ =>
                {
                    Assert.NotEqual(0, open);
                    open = 0;
                    ends++;
                    return default;
                },
            },
            new ActorOptions { Dispatch = dispatch });
        await Kit.SettleAsync();
        Assert.Equal(0, ends);

        actor.TryTell(gate.Message());
        await gate.Entered;
        for (int i = 0; i < 500; i++)
            actor.TryTell(Do.Nothing);
        gate.Open();
        await Kit.SettleAsync();

        Assert.Equal(501, handled);
        Assert.Equal(0, open);
        Assert.InRange(ends, 1, 501);
    }

    [Fact]
    public async Task A_batch_ends_before_the_actor_stops()
    {
        IActorRef<Do> actor = System.Spawn("batcher", () => new Scripted<Do>
        {
            Message = (context, message) => message.Code(context),
            BatchEnd = _ => Write("batch ended"),
            Stop = _ => Write("stopped"),
        });

        await RunAsync(actor, context => context.StopSelf());
        await Kit.ExpectStoppedAsync(actor);

        Assert.Equal(["batch ended", "stopped"], Journal.Entries);
    }

    [Fact]
    public async Task A_throw_at_a_batchs_end_is_a_failure()
    {
        IActorRef<Do> actor = System.Spawn(
            "batcher",
            () => new Scripted<Do> { BatchEnd = _ => throw new ScenarioException("boom") },
            new ActorOptions { Supervision = SupervisionPolicy.StopOnFailure });

        actor.TryTell(Do.Nothing);

        await Kit.ExpectStoppedAsync(actor);
        Assert.Equal(1, System.Counters.Failures);
    }

    [Fact]
    public async Task The_mailbox_waits_while_the_batchs_end_awaits()
    {
        var gate = new Gate();
        int handled = 0;
        IActorRef<Do> actor = System.Spawn("batcher", () => new Scripted<Do>
        {
            Message = (_, _) =>
            {
                handled++;
                return default;
            },
            BatchEnd = _ => gate.PassAsync(),
        });

        actor.TryTell(Do.Nothing);
        await gate.Entered;
        actor.TryTell(Do.Nothing);
        await Kit.SettleAsync();
        Assert.Equal(1, handled);

        gate.Open();
        await Kit.SettleAsync();
        Assert.Equal(2, handled);
    }

    private ValueTask Write(string entry)
    {
        Journal.Add(entry);
        return default;
    }
}
