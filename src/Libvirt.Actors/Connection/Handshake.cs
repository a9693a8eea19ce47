using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Connection;

/// <summary>
/// What comes between a connected transport and the first call: authentication, the request for keepalive, and the opening of the driver. Runs
/// outside of the connection's turns, by ordinary calls, and tells the connection how it ended. One deadline covers all of it.
/// </summary>
internal sealed class Handshake(ConnectionSettings settings, ConnectionHandle connection, TimeProvider time)
{
    // virDrvFeature VIR_DRV_FEATURE_PROGRAM_KEEPALIVE: asking for it is what makes the daemon send pings of its own.
    private const int KeepAliveFeature = 10;

    // virConnectFlags VIR_CONNECT_RO.
    private const uint ReadOnlyFlag = 1;

    private readonly TimeSpan _timeout = settings.Options.ConnectTimeout;
    private readonly long _deadline = CallDeadline.After(settings.Options.ConnectTimeout, time);

    public async Task RunAsync()
    {
        IConnectionMessage outcome;
        try
        {
            await AuthenticateAsync().ConfigureAwait(false);
            ConnectionFeatures features = new(await AskForKeepAliveAsync().ConfigureAwait(false));
            await OpenAsync().ConfigureAwait(false);
            outcome = new HandshakeCompleted(features);
        }
        catch (Exception error)
        {
            outcome = new ConnectionFailed(error);
        }

        await connection.Ref.TellWhenRoomAsync(outcome).ConfigureAwait(false);
    }

    private async ValueTask AuthenticateAsync()
    {
        try
        {
            // Always asked first, also where no authentication is expected: the daemon admits local root by the way.
            AuthListRet offered = await CallAsync(RemoteProcedures.AuthList, XdrVoid.Value).ConfigureAwait(false);
            if (offered.Types.Length == 0 || offered.Types.Contains(RemoteAuthType.None))
                return;
            if (!offered.Types.Contains(RemoteAuthType.Polkit))
            {
                throw new LibvirtConnectException(
                    ConnectFailure.AuthenticationUnsupported,
                    $"{settings.Endpoint} offers {string.Join(", ", offered.Types)} authentication only; this version serves none and polkit.");
            }

            AuthPolkitRet polkit = await CallAsync(RemoteProcedures.AuthPolkit, XdrVoid.Value).ConfigureAwait(false);
            if (polkit.Complete == 0)
                throw new LibvirtConnectException(ConnectFailure.AuthenticationFailed, $"polkit on {settings.Endpoint} did not finish the authentication.");
        }
        catch (LibvirtRemoteException error)
        {
            throw new LibvirtConnectException(
                ConnectFailure.AuthenticationFailed, $"{settings.Endpoint} refused the authentication: {error.Message}", error);
        }
    }

    private async ValueTask<bool> AskForKeepAliveAsync()
    {
        if (settings.Options.KeepAliveInterval == Timeout.InfiniteTimeSpan)
            return false;
        try
        {
            ConnectSupportsFeatureArgs args = new() { Feature = KeepAliveFeature };
            ConnectSupportsFeatureRet answer = await CallAsync(RemoteProcedures.ConnectSupportsFeature, args).ConfigureAwait(false);
            return answer.Supported != 0;
        }
        catch (LibvirtRemoteException)
        {
            // Daemons from before keepalive refuse the question itself.
            return false;
        }
    }

    private async ValueTask OpenAsync()
    {
        string? name = settings.Uri.DriverName is { Length: > 0 } driver ? driver : null;
        try
        {
            await CallAsync(
                RemoteProcedures.ConnectOpen,
                new ConnectOpenArgs { Name = name, Flags = settings.Options.ReadOnly ? ReadOnlyFlag : 0 }).ConfigureAwait(false);
        }
        catch (LibvirtRemoteException error)
        {
            throw new LibvirtConnectException(
                ConnectFailure.DaemonRefused, $"The daemon on {settings.Endpoint} refused to open '{name}': {error.Message}", error);
        }
    }

    private ValueTask<TRet> CallAsync<TArgs, TRet>(Procedure<TArgs, TRet> procedure, TArgs args)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        PendingCall<TRet>.Rent(procedure, args, CallPriority.Control, _timeout, _deadline).Submit(connection, CancellationToken.None);
}
