using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>srv-list</c>: the servers inside a daemon.</summary>
internal sealed class SrvListCommand : HypervisorCommand
{
    public SrvListCommand()
        : base("srv-list", "List the servers inside a daemon.")
    {
        Aliases.Add("server-list");
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        AdminConnection connection = await invocation.ConnectAdminAsync().ConfigureAwait(false);
        IReadOnlyList<DaemonServer> servers = await connection.ListServersAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.List(["Id", "Name"], [.. servers.Select((server, index) => Row(server, index))]);
    }

    // The number is nothing but the place in the list.
    private static IReadOnlyList<Field> Row(DaemonServer server, int index) => [Field.Of("id", "Id", index), Field.Of("name", "Name", server.Name)];
}
