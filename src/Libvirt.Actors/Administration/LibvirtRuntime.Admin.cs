using Libvirt.Connections;
using Libvirt.Transports;

namespace Libvirt;

public sealed partial class LibvirtRuntime
{
    /// <summary>Connects to a daemon's own administration on this machine. Serves <c>virAdmConnectOpen</c>.</summary>
    /// <param name="uri">
    /// Which daemon: <c>libvirtd:///system</c>, <c>virtqemud:///session</c>; the <c>socket</c> parameter names another socket.
    /// </param>
    /// <param name="options">The connection's settings; the defaults when null.</param>
    /// <param name="cancellationToken">Gives the attempt up; nothing is left behind.</param>
    /// <returns>The connection. Dispose it to close it in order.</returns>
    /// <exception cref="LibvirtConnectException">The connection could not be made; its reason says why.</exception>
    public async ValueTask<AdminConnection> ConnectAdminAsync(
        string uri, HypervisorOptions? options = null, CancellationToken cancellationToken = default)
    {
        LibvirtUri parsed = LibvirtUri.Parse(uri);
        options ??= Defaults;
        ConnectionSettings settings = SettingsOf(parsed, EndpointResolver.System.ResolveAdmin(parsed), options) with { Service = DaemonService.Admin };
        StartHypervisor start = await StartAsync(settings, cancellationToken).ConfigureAwait(false);
        return new AdminConnection(start);
    }
}
