using Actors.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Actors.Conformance;

/// <summary>What an actor may ask of its engine, and what it may not.</summary>
public abstract class ContextConformance<TEngine> : ConformanceTest<TEngine>
    where TEngine : IEngine, new()
{
    [Fact]
    public async Task The_context_gives_the_system_and_its_clock()
    {
        IActorRef<Do> actor = Spawn("worker");
        Assert.Same(System, await GetAsync(actor, context => context.System));
        Assert.Same(Kit.Time, await GetAsync(actor, context => context.Time));
        Assert.Same(Kit.Time, System.Time);
        Assert.NotEmpty(System.Name);
    }

    [Fact]
    public async Task The_context_is_not_there_in_the_constructor()
    {
        Exception? error = null;
        System.Spawn("early", () => new Early(caught => error = caught));
        await Kit.SettleAsync();
        Assert.IsType<InvalidOperationException>(error);
    }

    [Fact]
    public async Task The_log_has_the_actors_type_as_category_and_its_path_as_scope()
    {
        IActorRef<Do> actor = Spawn("worker");
        await RunAsync(actor, context => LogHello(context.Log));

        LogRecord record = Assert.Single(Kit.Logs.Records, record => record.Message == "hello");
        Assert.Equal(typeof(Worker).FullName, record.Category);
        Assert.Contains(record.Properties.Values, value => value?.ToString() == "/worker");
    }

    [Fact]
    public async Task Children_are_those_that_live()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> one = await SpawnChildAsync(parent, "one");
        IActorRef<Do> two = await SpawnChildAsync(parent, "two");
        Assert.Equivalent(new IActorRef[] { one, two }, await GetAsync(parent, context => context.Children));

        await System.StopAsync(one);
        Assert.Equal([two], await GetAsync(parent, context => context.Children));
    }

    [Fact]
    public async Task Only_a_child_can_be_stopped_by_context()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child");
        IActorRef<Do> grandchild = await SpawnChildAsync(child, "grandchild");
        IActorRef<Do> stranger = Spawn("stranger");

        await RunAsync(parent, context =>
        {
            Assert.Throws<ArgumentException>(() => context.Stop(grandchild));
            Assert.Throws<ArgumentException>(() => context.Stop(stranger));
            Assert.Throws<ArgumentException>(() => context.Stop(context.Self));
        });
        Assert.Equal(0, System.Counters.Failures);
    }

    [Fact]
    public async Task A_resting_actors_context_refuses_to_be_used_from_outside()
    {
        IActorRef<Do> actor = Spawn("worker");
        IActorContext<Do> context = await GetAsync(actor, context => context);
        IActorTimers<Do> timers = await GetAsync(actor, context => context.Timers);
        await Kit.SettleAsync();

        Assert.Throws<InvalidOperationException>(() => context.Spawn("child", () => new Worker("child", Journal)));
        Assert.Throws<InvalidOperationException>(context.StopSelf);
        Assert.Throws<InvalidOperationException>(() => context.Watch(Spawn("other"), Do.Nothing));
        Assert.Throws<InvalidOperationException>(() => context.Children);
        Assert.Throws<InvalidOperationException>(() => timers.StartOnce("k", TimeSpan.FromSeconds(1), Do.Nothing));
        Assert.Equal(actor, context.Self);
        Assert.Same(System, context.System);
        Assert.False(context.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task The_context_of_an_earlier_instance_is_refused()
    {
        IActorRef<Do> actor = Spawn("worker");
        IActorContext<Do> old = await GetAsync(actor, context => context);
        await FailAsync(actor);

        await RunAsync(actor, _ => Assert.Throws<InvalidOperationException>(old.StopSelf));

        await Kit.ExpectAliveAsync(actor);
        Assert.Equal(1, System.Counters.Failures);
    }

    [Fact]
    public async Task Counters_tell_what_happened()
    {
        IActorRef<Do> parent = Spawn("parent");
        IActorRef<Do> child = await SpawnChildAsync(parent, "child");
        await FailAsync(child);
        await System.StopAsync(child);
        child.TryTell(Do.Nothing);

        Assert.Equal(
            new ActorSystemCounters(
                LivingActors: 1,
                StartedActors: 2,
                HandledMessages: 2,
                DeadLetters: 1,
                RefusedMessages: 0,
                Failures: 1,
                Restarts: 1),
            System.Counters);
    }

    private static void LogHello(ILogger log) => log.Log(LogLevel.Information, new EventId(1), "hello", null, static (state, _) => state);

    private sealed class Early : Actor<Do>
    {
        public Early(Action<Exception> caught)
        {
            try
            {
                _ = Context;
            }
            catch (InvalidOperationException error)
            {
                caught(error);
            }
        }

        protected override ValueTask OnMessageAsync(Do message) => default;
    }
}
