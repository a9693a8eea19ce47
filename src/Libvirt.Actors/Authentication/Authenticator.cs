using Libvirt.Connections;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Transports;

namespace Libvirt.Authentication;

/// <summary>Authenticates a new connection: requests the methods that the daemon offers, chooses one, and performs it.</summary>
internal sealed class Authenticator(ConnectionSettings settings, IHandshakeCalls calls, IByteTransport transport, TimeProvider time)
{
    private readonly Endpoint _endpoint = settings.Endpoint;

    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Always requested first, even if no authentication is expected: the daemon admits local root with this call.
            AuthListRet offered = await calls.CallAsync(RemoteProcedures.AuthList, XdrVoid.Value).ConfigureAwait(false);
            switch (AuthenticationChoice.Choose(offered.Types, settings.Uri.Parameters.Auth, _endpoint))
            {
                case RemoteAuthType.Polkit:
                    await AskPolkitAsync().ConfigureAwait(false);
                    break;
                case RemoteAuthType.Sasl:
                    await UseSaslAsync(cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
        catch (LibvirtRemoteException error)
        {
            throw new LibvirtConnectException(
                ConnectFailure.AuthenticationFailed, $"{_endpoint} refused the authentication: {error.Message}", error);
        }
    }

    private async ValueTask AskPolkitAsync()
    {
        AuthPolkitRet polkit = await calls.CallAsync(RemoteProcedures.AuthPolkit, XdrVoid.Value).ConfigureAwait(false);
        if (polkit.Complete == 0)
            throw new LibvirtConnectException(ConnectFailure.AuthenticationFailed, $"polkit on {_endpoint} did not finish the authentication.");
    }

    private async ValueTask UseSaslAsync(CancellationToken cancellationToken)
    {
        CredentialSource credentials = new(settings.Uri, _endpoint, settings.Options, UserDirectories.System, time);
        SaslExchange exchange = new(_endpoint, calls);
        IReadOnlyList<string> offered = await exchange.AskMechanismsAsync().ConfigureAwait(false);
        using ISaslMechanism mechanism = await new MechanismChoice(_endpoint, settings.Uri.Parameters.Auth, credentials)
            .ChooseAsync(offered, cancellationToken).ConfigureAwait(false);
        if (settings.Options.CredentialPrompt is not null)
            calls.RestartTimeout();
        await exchange.RunAsync(mechanism).ConfigureAwait(false);
        if (mechanism.TakeLayer() is { } layer)
            ((SecurableTransport)transport).Secure(layer);
    }
}
