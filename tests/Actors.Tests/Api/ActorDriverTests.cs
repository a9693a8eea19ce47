using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Actors.Tests;

/// <summary>An engine of somebody else's, as far as it has to do with instances: it has nothing but what is public.</summary>
public sealed class ActorDriverTests
{
    [Fact]
    public async Task An_engine_in_another_assembly_can_run_an_actor_from_its_start_to_its_end()
    {
        Diarist actor = new();

        ActorDriver.Attach(actor, new BareContext());
        await ActorDriver.StartAsync(actor);
        await ActorDriver.HandleAsync(actor, "first");
        await ActorDriver.HandleAsync(actor, "second");
        await ActorDriver.EndBatchAsync(actor);
        await ActorDriver.StopAsync(actor);

        Assert.Equal(["start", "first", "second", "batch end", "stop at 2030"], actor.Lived);
    }

    [Fact]
    public void An_instance_is_attached_once()
    {
        Diarist actor = new();
        ActorDriver.Attach(actor, new BareContext());

        Assert.Throws<InvalidOperationException>(() => ActorDriver.Attach(actor, new BareContext()));
    }

    private sealed class Diarist : Actor<string>
    {
        public List<string> Lived { get; } = [];

        protected override ValueTask OnStartAsync() => Write("start");

        protected override ValueTask OnMessageAsync(string message) => Write(message);

        protected override ValueTask OnBatchEndAsync() => Write("batch end");

        protected override ValueTask OnStopAsync() => Write($"stop at {Context.Time.GetUtcNow().Year}");

        private ValueTask Write(string line)
        {
            Lived.Add(line);
            return default;
        }
    }

    private sealed class BareContext : IActorContext<string>
    {
        public IActorRef<string> Self => throw new NotSupportedException();

        public IActorSystem System => throw new NotSupportedException();

        public TimeProvider Time { get; } = new TestKit.VirtualTimeProvider();

        public ILogger Log => NullLogger.Instance;

        public IActorTimers<string> Timers => throw new NotSupportedException();

        public IReadOnlyCollection<IActorRef> Children => [];

        public CancellationToken Stopping => CancellationToken.None;

        public IActorRef<TChild> Spawn<TChild>(string name, Func<Actor<TChild>> factory, ActorOptions? options = null) => throw new NotSupportedException();

        public void Stop(IActorRef child) => throw new NotSupportedException();

        public void StopSelf() => throw new NotSupportedException();

        public void Watch(IActorRef other, string message) => throw new NotSupportedException();

        public void Unwatch(IActorRef other) => throw new NotSupportedException();
    }
}
