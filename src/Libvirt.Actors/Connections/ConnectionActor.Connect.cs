using Akka.Actor;
using Libvirt.Diagnostics;
using Libvirt.Transports;

namespace Libvirt.Connections;

// Connecting: transport, then handshake.
internal sealed partial class ConnectionActor
{
    private void Connect()
    {
        ConnectionLog.Connecting(_log, settings.Endpoint);
        _ = ConnectAsync(settings, Self, _stopping.Token);
    }

    /// <summary>Reaches the daemon outside of any turn and reports the result to the actor.</summary>
    private static async Task ConnectAsync(
        ConnectionSettings settings, IActorRef self, CancellationToken stopping)
    {
        using CancellationTokenSource timeout = new(settings.Options.ConnectTimeout, settings.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            IByteTransport transport = await settings.Connector.ConnectAsync(settings.Endpoint, either.Token).ConfigureAwait(false);
            self.Tell(new TransportConnected(transport), ActorRefs.NoSender);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            LibvirtConnectException late = new(
                ConnectFailure.TimedOut, $"{settings.Endpoint} could not be reached within {settings.Options.ConnectTimeout.TotalSeconds:0.###} s.");
            self.Tell(new ConnectionFailed(late), ActorRefs.NoSender);
        }
        catch (Exception error)
        {
            self.Tell(new ConnectionFailed(error), ActorRefs.NoSender);
        }
    }

    private void BeginHandshake(IByteTransport transport)
    {
        if (_state != ConnectionState.Connecting)
        {
            transport.Dispose();
            return;
        }

        _transport = transport;
        _state = ConnectionState.Handshaking;
        _sender = new FrameSender(transport);
        _receiver = new FrameReceiver(transport, handle, _load, new ReaderSettings(settings.Threads, settings.Options.InlineContinuations, settings.Time, _log));
        _ = _receiver.RunAsync();
        _ = new Handshake(settings, handle, transport).RunAsync(_stopping.Token);
    }

    private void BecomeReady(ConnectionFeatures features)
    {
        if (_state != ConnectionState.Handshaking)
            return;
        _state = ConnectionState.Ready;
        _receiver!.AllowThread();
        StartKeepAlive(features);
        ConnectionLog.Ready(_log, settings.Endpoint, settings.Uri.DriverName);
        owner.OnReady(handle);
    }
}
