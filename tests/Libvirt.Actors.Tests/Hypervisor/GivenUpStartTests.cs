using Actors;
using Actors.TestKit;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Hypervisors;

public sealed class GivenUpStartTests
{
    [Fact]
    public async Task An_attempt_that_is_given_up_before_the_runtime_came_to_it_leaves_no_hypervisor_behind()
    {
        await using ActorTestKit kit = new();
        BusySystem busy = new(kit.System);
        await using LibvirtRuntime runtime = new(busy) { Connector = new ScriptedHost() };
        using CancellationTokenSource cancel = new();

        ValueTask<Hypervisor> connecting = runtime.ConnectAsync("test:///default", cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.AsTask());
        busy.CatchUp();
        await kit.SettleAsync();

        Assert.Equal(1, kit.System.Counters.LivingActors);
    }

    /// <summary>A system whose actors at the top get their messages when the test says so.</summary>
    private sealed class BusySystem(IActorSystem inner) : IActorSystem
    {
        private readonly List<Action> _waiting = [];

        public event Action<DeadLetter>? DeadLettered
        {
            add => inner.DeadLettered += value;
            remove => inner.DeadLettered -= value;
        }

        public string Name => inner.Name;

        public TimeProvider Time => inner.Time;

        public ActorSystemCounters Counters => inner.Counters;

        public Task Stopped => inner.Stopped;

        public void CatchUp() => _waiting.ForEach(static tell => tell());

        public MailboxReading ReadMailboxes() => inner.ReadMailboxes();

        public IActorRef<TMessage> Spawn<TMessage>(string name, Func<Actor<TMessage>> factory, ActorOptions? options = null) =>
            new BusyRef<TMessage>(this, inner.Spawn(name, factory, options));

        public Task StopAsync(IActorRef actor, CancellationToken cancellationToken = default) => inner.StopAsync(Bare(actor), cancellationToken);

        public Task WhenStopped(IActorRef actor) => inner.WhenStopped(Bare(actor));

        public Task ShutdownAsync(CancellationToken cancellationToken = default) => inner.ShutdownAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private static IActorRef Bare(IActorRef actor) => actor is IBusyRef busy ? busy.Inner : actor;

        private interface IBusyRef
        {
            IActorRef Inner { get; }
        }

        private sealed class BusyRef<TMessage>(BusySystem system, IActorRef<TMessage> inner) : IActorRef<TMessage>, IBusyRef
        {
            public IActorRef Inner => inner;

            public ActorPath Path => inner.Path;

            public IActorSystem System => system;

            public TellResult TryTell(TMessage message)
            {
                system._waiting.Add(() => inner.TryTell(message));
                return TellResult.Accepted;
            }
        }
    }
}
