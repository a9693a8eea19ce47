using Actors;
using Libvirt.Diagnostics;
using Libvirt.Transport;

namespace Libvirt.Connection;

// From nothing to ready: transport, handshake.
internal sealed partial class ConnectionActor
{
    private void Connect()
    {
        ConnectionLog.Connecting(Context.Log, settings.Endpoint);
        _ = ConnectAsync(settings, Context.Self, Context.Time, Context.Stopping);
    }

    /// <summary>Reaches the daemon outside of any turn and tells the actor how it went.</summary>
    private static async Task ConnectAsync(
        ConnectionSettings settings, IActorRef<IConnectionMessage> self, TimeProvider time, CancellationToken stopping)
    {
        using CancellationTokenSource timeout = new(settings.Options.ConnectTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            IByteTransport transport = await settings.Connector.ConnectAsync(settings.Endpoint, either.Token).ConfigureAwait(false);
            await self.TellWhenRoomAsync(new TransportConnected(transport)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            LibvirtConnectException late = new(
                ConnectFailure.TimedOut, $"{settings.Endpoint} could not be reached within {settings.Options.ConnectTimeout.TotalSeconds:0.###} s.");
            await self.TellWhenRoomAsync(new ConnectionFailed(late)).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await self.TellWhenRoomAsync(new ConnectionFailed(error)).ConfigureAwait(false);
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
        ReaderThreads? threads = settings.Options.ReaderThread ? settings.Threads : null;
        ReaderSettings reading = new(threads, settings.Options.InlineContinuations, settings.Options.BusyPoll, Context.Time, Context.Log);
        _sender = new FrameSender(transport, reading);
        _receiver = new FrameReceiver(transport, Context.Self, _load, reading);
        _ = _receiver.RunAsync();
        _ = new Handshake(settings, handle, transport, Context.Time).RunAsync(Context.Stopping);
    }

    private void BecomeReady(ConnectionFeatures features)
    {
        if (_state != ConnectionState.Handshaking)
            return;
        _state = ConnectionState.Ready;
        _receiver!.AllowThread();
        StartKeepAlive(features);
        ConnectionLog.Ready(Context.Log, settings.Endpoint, settings.Uri.DriverName);
        owner.OnReady(handle);
    }
}
