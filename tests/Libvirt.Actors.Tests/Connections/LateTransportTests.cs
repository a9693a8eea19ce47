using Akka.Actor;
using Libvirt.TestKit;
using Libvirt.Connections;
using Libvirt.Events;
using Libvirt.Tests.Scripting;
using Libvirt.Transports;

namespace Libvirt.Tests.Connections;

public sealed class LateTransportTests
{
    [Fact]
    public async Task A_transport_that_is_connected_when_its_connection_has_stopped_is_closed()
    {
        await using VirtualActorSystem kit = new();
        LibvirtRuntime.For(kit.System);
        ConnectionSettings settings = new(LibvirtUri.Parse("test:///default"), new UnixEndpoint("/nowhere"), HypervisorOptions.Default, new NeverConnects());
        ScriptedTransport transport = new ScriptedDaemon().Client;
        IActorRef connection = kit.System.ActorOf(ConnectionActor.Props(settings, new ConnectionHandle(successor: null), new NobodyAsks()));
        await kit.SettleAsync();

        kit.System.Stop(connection);
        connection.Tell(new TransportConnected(transport), ActorRefs.NoSender);

        await kit.ExpectStoppedAsync(connection);
        await kit.SettleAsync();
        Assert.True(transport.IsDisposed);
    }

    private sealed class NeverConnects : ITransportConnector
    {
        public async ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private sealed class NobodyAsks : IConnectionOwner
    {
        public void OnReady(ConnectionHandle connection) => throw new InvalidOperationException("It is never ready.");

        public void OnStuck(ConnectionHandle connection) => throw new InvalidOperationException("It is never stuck.");

        public void OnEvent(EventArrived arrived) => throw new InvalidOperationException("It has no events.");
    }
}
