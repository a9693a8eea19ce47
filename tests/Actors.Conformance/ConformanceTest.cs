using Actors.TestKit;
using Xunit;

namespace Actors.Conformance;

/// <summary>A test of one engine: its kit, and the actors most scenarios are played with.</summary>
/// <typeparam name="TEngine">The engine under test.</typeparam>
public abstract class ConformanceTest<TEngine> : IAsyncLifetime
    where TEngine : IEngine, new()
{
    protected ConformanceTest() =>
        Kit = new ActorTestKit(new ActorTestKitOptions { CreateSystem = new TEngine().CreateSystem });

    protected ActorTestKit Kit { get; }

    protected IActorSystem System => Kit.System;

    /// <summary>What the actors of the scenario have been through.</summary>
    protected Journal Journal { get; } = new();

    public static TheoryData<ActorDispatch> Dispatches => [ActorDispatch.Pooled, ActorDispatch.Inline];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Kit.DisposeAsync();
    }

    /// <summary>Starts an actor at the top that does what it is told and keeps the journal.</summary>
    protected IActorRef<Do> Spawn(string name, ActorOptions? options = null) =>
        System.Spawn(name, () => new Worker(name, Journal), options);

    /// <summary>Has an actor run some code within a turn and waits until the turn is over.</summary>
    protected async Task RunAsync(IActorRef<Do> actor, Action<IActorContext<Do>> code)
    {
        Assert.Equal(TellResult.Accepted, actor.TryTell(Do.This(code)));
        await Kit.SettleAsync();
    }

    /// <summary>Has an actor run some code within a turn and brings what it returns.</summary>
    protected async Task<T> GetAsync<T>(IActorRef<Do> actor, Func<IActorContext<Do>, T> code)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await RunAsync(actor, context => result.SetResult(code(context)));
        return await result.Task.WaitAsync(Kit.RealTimeLimit);
    }

    /// <summary>Has an actor start a worker as its child.</summary>
    protected Task<IActorRef<Do>> SpawnChildAsync(IActorRef<Do> parent, string name, ActorOptions? options = null) =>
        GetAsync(parent, context => context.Spawn(name, () => new Worker(name, Journal), options));

    /// <summary>Has an actor fail with an exception of this text.</summary>
    protected Task FailAsync(IActorRef<Do> actor, string text = "boom") => RunAsync(actor, _ => throw new ScenarioException(text));

    protected static ActorOptions Supervised(Directive directive) =>
        new() { Supervision = new SupervisionPolicy { Decide = _ => directive } };
}
