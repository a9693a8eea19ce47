using Actors;
using Libvirt.Connection;
using Libvirt.Events;
using Libvirt.Tests.Scripting;
using Libvirt.Transport;

namespace Libvirt.Tests.Connection;

public sealed class LateTransportTests
{
    [Fact]
    public async Task A_transport_that_stands_when_its_connection_has_been_told_to_stop_is_closed()
    {
        await using IActorSystem system = ActorSystem.Create();
        BusyConnector connector = new();
        ConnectionSettings settings = new(LibvirtUri.Parse("test:///default"), new UnixEndpoint("/nowhere"), HypervisorOptions.Default, connector);
        ConnectionHandle handle = new(successor: null);
        ScriptedTransport transport = new ScriptedDaemon().Client;

        IActorRef<IConnectionMessage> connection = system.Spawn(
            "connection", () => new ConnectionActor(settings, handle, new NobodyAsks()), settings.ActorOptions with { Dispatch = ActorDispatch.Pooled });
        await connector.Entered.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(TellResult.Accepted, connection.TryTell(new TransportConnected(transport)));
        Task stopped = system.StopAsync(connection);
        connector.Leave();
        await stopped.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(transport.IsDisposed);
    }

    /// <summary>Holds up the turn that it is called in, and never connects.</summary>
    private sealed class BusyConnector : ITransportConnector
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _left = new();

        public Task Entered => _entered.Task;

        public void Leave() => _left.SetResult();

        public ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
        {
            _entered.SetResult();
            _left.Task.GetAwaiter().GetResult();
            return new ValueTask<IByteTransport>(Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith<IByteTransport>(
                _ => throw new OperationCanceledException(cancellationToken), TaskScheduler.Default));
        }
    }

    private sealed class NobodyAsks : IConnectionOwner
    {
        public void OnReady(ConnectionHandle connection) => throw new InvalidOperationException("It is never ready.");

        public void OnStuck(ConnectionHandle connection) => throw new InvalidOperationException("It is never stuck.");

        public void OnEvent(EventArrived arrived) => throw new InvalidOperationException("It has no events.");
    }
}
