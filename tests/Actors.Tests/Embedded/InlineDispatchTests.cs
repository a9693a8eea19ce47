using Actors.Conformance;
using Xunit;

namespace Actors.Tests;

/// <summary>Where the embedded engine runs turns.</summary>
public sealed class InlineDispatchTests
{
    private static readonly ActorOptions Inline = new() { Dispatch = ActorDispatch.Inline };

    [Fact]
    public async Task An_idle_inline_actor_handles_on_the_tellers_thread_before_the_tell_returns()
    {
        await using IActorSystem system = ActorSystem.Create();
        int? thread = null;
        IActorRef<Do> actor = SpawnDoer(system, "doer");

        actor.TryTell(Do.This(_ => thread = Environment.CurrentManagedThreadId));

        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public async Task Turns_nest_up_to_the_limit_and_then_go_to_the_pool()
    {
        await using IActorSystem system = ActorSystem.Create(new ActorSystemOptions { MaxInlineDepth = 2 });
        IActorRef<Do> a = SpawnDoer(system, "a");
        IActorRef<Do> b = SpawnDoer(system, "b");
        IActorRef<Do> c = SpawnDoer(system, "c");
        await RoundTripAsync(a, b, c);
        var order = new List<string>();
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);

        var teller = new Thread(() => a.TryTell(Do.This(_ =>
        {
            b.TryTell(Do.This(_ =>
            {
                c.TryTell(Do.This(_ => done.SetResult(Environment.CurrentManagedThreadId)));
                order.Add("b");
            }));
            order.Add("a");
        })));
        teller.Start();
        teller.Join();

        Assert.Equal(["b", "a"], order);
        Assert.NotEqual(teller.ManagedThreadId, await done.Task);
    }

    [Fact]
    public async Task A_limit_of_zero_turns_inline_dispatch_off()
    {
        await using IActorSystem system = ActorSystem.Create(new ActorSystemOptions { MaxInlineDepth = 0 });
        IActorRef<Do> actor = SpawnDoer(system, "doer");
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);

        var teller = new Thread(() => actor.TryTell(Do.This(_ => done.SetResult(Environment.CurrentManagedThreadId))));
        teller.Start();
        teller.Join();

        Assert.NotEqual(teller.ManagedThreadId, await done.Task);
    }

    [Fact]
    public async Task A_teller_handles_others_messages_up_to_the_throughput_only()
    {
        await using IActorSystem system = ActorSystem.Create();
        IActorRef<Do> actor = system.Spawn("doer", () => new Scripted<Do> { Message = (context, message) => message.Code(context) }, Inline with { Throughput = 10 });
        await RoundTripAsync(actor);
        using var told = new ManualResetEventSlim();
        using var running = new ManualResetEventSlim();
        int onTeller = 0, handled = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var teller = new Thread(() => actor.TryTell(Do.This(_ =>
        {
            running.Set();
            told.Wait();
        })));
        Do count = Do.This(_ =>
        {
            if (Environment.CurrentManagedThreadId == teller.ManagedThreadId)
                onTeller++;
            if (++handled == 200)
                all.SetResult();
        });

        teller.Start();
        running.Wait();
        for (int i = 0; i < 200; i++)
            actor.TryTell(count);
        told.Set();
        teller.Join();
        await all.Task;

        Assert.Equal(9, onTeller);
    }

    [Fact]
    public async Task The_tellers_synchronization_context_is_not_the_handlers()
    {
        await using IActorSystem system = ActorSystem.Create();
        IActorRef<Do> actor = SpawnDoer(system, "doer");
        await RoundTripAsync(actor);
        var context = new SynchronizationContext();
        SynchronizationContext? inside = context, after = null;

        var teller = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            actor.TryTell(Do.This(_ => inside = SynchronizationContext.Current));
            after = SynchronizationContext.Current;
        });
        teller.Start();
        teller.Join();

        Assert.Null(inside);
        Assert.Same(context, after);
    }

    [Fact]
    public async Task Ambient_values_that_a_handler_sets_do_not_reach_the_teller()
    {
        await using IActorSystem system = ActorSystem.Create();
        IActorRef<Do> actor = SpawnDoer(system, "doer");
        var ambient = new AsyncLocal<string> { Value = "teller's" };
        string? inside = null;

        actor.TryTell(Do.This(_ =>
        {
            inside = ambient.Value;
            ambient.Value = "handler's";
        }));

        Assert.Equal("teller's", inside);
        Assert.Equal("teller's", ambient.Value);
    }

    [Fact]
    public async Task Whoever_completes_what_a_handler_awaits_does_not_run_the_rest_of_the_turn_within_its_own()
    {
        await using IActorSystem system = ActorSystem.Create();
        IActorRef<Do> waiting = SpawnDoer(system, "waiting");
        IActorRef<Do> completing = SpawnDoer(system, "completing");
        await RoundTripAsync(waiting, completing);
        var awaited = new TaskCompletionSource();
        var next = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.TryTell(new Do(async _ => await awaited.Task.ConfigureAwait(false)));
        waiting.TryTell(Do.This(_ => next.SetResult(Environment.CurrentManagedThreadId)));

        var teller = new Thread(() => completing.TryTell(Do.This(_ => awaited.SetResult())));
        teller.Start();
        teller.Join();

        Assert.NotEqual(teller.ManagedThreadId, await next.Task);
    }

    private static IActorRef<Do> SpawnDoer(IActorSystem system, string name) =>
        system.Spawn(name, () => new Scripted<Do> { Message = (context, message) => message.Code(context) }, Inline);

    private static async Task RoundTripAsync(params IActorRef<Do>[] actors)
    {
        foreach (IActorRef<Do> actor in actors)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            actor.TryTell(Do.This(_ => done.SetResult()));
            await done.Task;
        }
    }
}
