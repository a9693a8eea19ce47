using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>srv-clients-info</c>: how many clients a server has and may have.</summary>
internal sealed class SrvClientsInfoCommand() : ServerCommand("srv-clients-info", "Print how many clients a server has and may have.")
{
    protected override async Task RunAsync(Invocation invocation, DaemonServer server)
    {
        ClientLimits limits = await server.GetClientLimitsAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Record(
        [
            Field.Of("nclients_max", "nclients_max", limits.MaxClients),
            Field.Of("nclients", "nclients", limits.Clients),
            Field.Of("nclients_unauth_max", "nclients_unauth_max", limits.MaxUnauthenticatedClients),
            Field.Of("nclients_unauth", "nclients_unauth", limits.UnauthenticatedClients),
        ]);
    }
}
