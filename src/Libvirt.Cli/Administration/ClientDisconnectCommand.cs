using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Administration;

/// <summary><c>client-disconnect</c>: throws a client out.</summary>
internal sealed class ClientDisconnectCommand() : ClientCommand("client-disconnect", "End a client's connection at once.")
{
    protected override async Task RunAsync(Invocation invocation, DaemonClient client)
    {
        await client.CloseAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Client '{client.Id}' disconnected", ClientFields.Id(client.Id));
    }
}
