using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace Libvirt.TestKit.Tests;

public sealed class InlineDispatcherTests : IAsyncLifetime
{
    private readonly VirtualActorSystem _kit = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _kit.DisposeAsync();

    [Fact]
    public async Task An_idle_actor_runs_on_the_thread_that_sends_to_it()
    {
        (IActorRef child, TestProbe probe) = await StartAsync();

        child.Tell(0);

        Assert.Equal(Environment.CurrentManagedThreadId, probe.ExpectMsg<int>(TimeSpan.Zero));
    }

    [Fact]
    public async Task Many_messages_of_an_actor_to_itself_do_not_overflow_the_stack()
    {
        (IActorRef child, TestProbe probe) = await StartAsync();

        child.Tell(300_000);
        await _kit.SettleAsync();

        probe.ExpectMsg<int>(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_long_chain_of_actors_does_not_overflow_the_stack()
    {
        (IActorRef last, TestProbe probe) = await StartAsync();
        for (int i = 0; i < 1000; i++)
        {
            IActorRef next = last;
            last = _kit.System.ActorOf(Props.Create(() => new Forwarder(next)).WithDispatcher("libvirt.inline-dispatcher"));
        }

        last.Tell(0);
        await _kit.SettleAsync();

        probe.ExpectMsg<int>(TimeSpan.Zero);
    }

    [Fact]
    public async Task Ambient_values_and_the_synchronization_context_of_the_sender_are_kept()
    {
        (IActorRef child, TestProbe probe) = await StartAsync();
        var context = new SynchronizationContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        SynchronizationContext? during;
        try
        {
            Counter.Ambient.Value = 1;
            child.Tell("ambient");
            during = SynchronizationContext.Current;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Same(context, during);
        Assert.Equal(1, Counter.Ambient.Value);
        Assert.Null(probe.ExpectMsg<Tuple<SynchronizationContext?>>(TimeSpan.Zero).Item1);
    }

    private async Task<(IActorRef Child, TestProbe Probe)> StartAsync()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef child = _kit.System.ActorOf(Props.Create(() => new Counter(probe.Ref)).WithDispatcher("libvirt.inline-dispatcher"));
        await _kit.SettleAsync();
        return (child, probe);
    }

    private sealed class Forwarder(IActorRef next) : UntypedActor
    {
        protected override void OnReceive(object message) => next.Tell(message);
    }

    private sealed class Counter(IActorRef observer) : UntypedActor
    {
        public static AsyncLocal<int> Ambient { get; } = new();

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case 0:
                    observer.Tell(Environment.CurrentManagedThreadId);
                    break;
                case int left:
                    Self.Tell(left - 1);
                    break;
                default:
                    Ambient.Value = 2;
                    observer.Tell(Tuple.Create(SynchronizationContext.Current));
                    break;
            }
        }
    }
}
