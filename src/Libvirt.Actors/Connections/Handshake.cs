using Akka.Actor;
using Libvirt.Authentication;
using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Transports;

namespace Libvirt.Connections;

/// <summary>
/// Authentication, the request for keepalive, and the opening of the driver, between a connected transport and the first call. Runs outside of the connection's
/// turns, as control calls, and tells the connection the outcome: <see cref="HandshakeCompleted"/> or <see cref="ConnectionFailed"/>. One deadline covers all of
/// it except the time in which a person is asked for credentials.
/// </summary>
internal sealed class Handshake(ConnectionSettings settings, ConnectionHandle connection, IByteTransport transport) : IHandshakeCalls
{
    // virDrvFeature VIR_DRV_FEATURE_PROGRAM_KEEPALIVE: asking for it makes the daemon send pings of its own.
    private const int KeepAliveFeature = 10;

    // virConnectFlags VIR_CONNECT_RO.
    private const uint ReadOnlyFlag = 1;

    private readonly TimeSpan _timeout = settings.Options.ConnectTimeout;
    private long _deadline = CallDeadline.After(settings.Options.ConnectTimeout, settings.Time);

    public async Task RunAsync(CancellationToken stopping)
    {
        object outcome;
        try
        {
            outcome = new HandshakeCompleted(
                settings.Service == DaemonService.Admin ? await OpenAdminAsync().ConfigureAwait(false) : await OpenHypervisorAsync(stopping).ConfigureAwait(false));
        }
        catch (Exception error)
        {
            outcome = new ConnectionFailed(error);
        }

        connection.Ref.Tell(outcome, ActorRefs.NoSender);
    }

    private async ValueTask<ConnectionFeatures> OpenHypervisorAsync(CancellationToken stopping)
    {
        await new Authenticator(settings, this, transport, settings.Time).RunAsync(stopping).ConfigureAwait(false);
        ConnectionFeatures features = new(await AskForKeepAliveAsync().ConfigureAwait(false));
        await OpenAsync().ConfigureAwait(false);
        return features;
    }

    /// <summary>The admin service authenticates by the socket's permissions alone, and answers pings without being asked whether it does.</summary>
    private async ValueTask<ConnectionFeatures> OpenAdminAsync()
    {
        try
        {
            await CallAsync(Protocol.Admin.AdminProcedures.ConnectOpen, new Protocol.Admin.ConnectOpenArgs { Flags = 0 }).ConfigureAwait(false);
            return new ConnectionFeatures(settings.Options.KeepAliveInterval != Timeout.InfiniteTimeSpan);
        }
        catch (LibvirtRemoteException error)
        {
            throw new LibvirtConnectException(
                ConnectFailure.DaemonRefused, $"The daemon on {settings.Endpoint} refused to be administered: {error.Message}", error);
        }
    }

    public ValueTask<TRet> CallAsync<TArgs, TRet>(Procedure<TArgs, TRet> procedure, TArgs args)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        PendingCall<TRet>.Rent(procedure, args, CallPriority.Control, _timeout, _deadline).Submit(connection, CancellationToken.None);

    public void RestartTimeout() => _deadline = CallDeadline.After(_timeout, settings.Time);

    private async ValueTask<bool> AskForKeepAliveAsync()
    {
        if (settings.Options.KeepAliveInterval == Timeout.InfiniteTimeSpan)
            return false;
        if (!settings.DaemonMayPing)
            return true;
        try
        {
            ConnectSupportsFeatureArgs args = new() { Feature = KeepAliveFeature };
            ConnectSupportsFeatureRet answer = await CallAsync(RemoteProcedures.ConnectSupportsFeature, args).ConfigureAwait(false);
            return answer.Supported != 0;
        }
        catch (LibvirtRemoteException)
        {
            // Daemons that are older than keepalive refuse the question.
            return false;
        }
    }

    private async ValueTask OpenAsync()
    {
        // Empty if the daemon is to choose; it refuses a null name.
        string name = settings.Uri.DriverName;
        try
        {
            await CallAsync(
                RemoteProcedures.ConnectOpen,
                new ConnectOpenArgs { Name = name, Flags = settings.Options.ReadOnly ? ReadOnlyFlag : 0 }).ConfigureAwait(false);
        }
        catch (LibvirtRemoteException error) when (CallFailures.IsOfUnreachedDaemon(error))
        {
            throw new LibvirtConnectException(
                ConnectFailure.Unreachable, $"The daemon on {settings.Endpoint} could not reach the one that serves '{name}': {error.Message}", error);
        }
        catch (LibvirtRemoteException error)
        {
            throw new LibvirtConnectException(
                ConnectFailure.DaemonRefused, $"The daemon on {settings.Endpoint} refused to open '{name}': {error.Message}", error);
        }
    }
}
