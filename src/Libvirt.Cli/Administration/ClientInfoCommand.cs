using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>client-info</c>: who a client is.</summary>
internal sealed class ClientInfoCommand() : ClientCommand("client-info", "Print who a client is: its process and user or its address, and its identity.")
{
    protected override async Task RunAsync(Invocation invocation, DaemonClient client)
    {
        ClientInfo info = await client.GetInfoAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Record(
        [
            .. ((Field[])[ClientFields.Id(info.Id), ClientFields.ConnectedAt(info.ConnectedAt), ClientFields.Transport(info.Transport)])
                .Select(field => field with { Label = field.Name }),
            .. info.Parameters.Select(ClientFields.Told),
        ]);
    }
}
