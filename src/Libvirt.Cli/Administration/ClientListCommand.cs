using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>client-list</c>: the clients of a server.</summary>
internal sealed class ClientListCommand() : ServerCommand("client-list", "List the clients that are connected to a server.")
{
    protected override async Task RunAsync(Invocation invocation, DaemonServer server)
    {
        IReadOnlyList<DaemonClient> clients = await server.ListClientsAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.List(["Id", "Transport", "Connected since"], [.. clients.Select(Row)]);
    }

    private static IReadOnlyList<Field> Row(DaemonClient client) =>
        [ClientFields.Id(client.Id), ClientFields.Transport(client.Transport), ClientFields.ConnectedAt(client.ConnectedAt)];
}
