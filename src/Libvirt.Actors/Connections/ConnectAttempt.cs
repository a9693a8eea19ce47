using Akka.Actor;

namespace Libvirt.Connections;

/// <summary>
/// Connects the transport of a connection, within <see cref="HypervisorOptions.ConnectTimeout"/>. Runs outside of the connection's turns and tells it the
/// outcome: <see cref="TransportConnected"/> or <see cref="ConnectionFailed"/>.
/// </summary>
internal sealed class ConnectAttempt(ConnectionSettings settings, ConnectionHandle connection)
{
    public async Task RunAsync(CancellationToken stopping)
    {
        using CancellationTokenSource timeout = new(settings.Options.ConnectTimeout, settings.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        object outcome;
        try
        {
            outcome = new TransportConnected(await settings.Connector.ConnectAsync(settings.Endpoint, either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            outcome = new ConnectionFailed(new LibvirtConnectException(
                ConnectFailure.TimedOut, $"{settings.Endpoint} could not be reached within {settings.Options.ConnectTimeout.TotalSeconds:0.###} s."));
        }
        catch (Exception error)
        {
            outcome = new ConnectionFailed(error);
        }

        connection.Ref.Tell(outcome, ActorRefs.NoSender);
    }
}
