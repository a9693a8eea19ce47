using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>daemon-log-info</c>: what a daemon logs, and where to.</summary>
internal sealed class DaemonLogInfoCommand() : HypervisorCommand("daemon-log-info", "Print the filters and the outputs of a daemon's log.")
{
    protected override async Task RunAsync(Invocation invocation)
    {
        AdminConnection connection = await invocation.ConnectAdminAsync().ConfigureAwait(false);
        string filters = await connection.GetLoggingFiltersAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        string outputs = await connection.GetLoggingOutputsAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Record([Field.Of("filters", "Logging filters", filters), Field.Of("outputs", "Logging outputs", outputs)]);
    }
}
