using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>daemon-log-outputs</c>: where a daemon logs to; reads it or changes it.</summary>
internal sealed class DaemonLogOutputsCommand : HypervisorCommand
{
    private readonly Option<string?> _outputs = new("--outputs")
    {
        Description = "The new outputs as in the daemon's configuration file, with blanks between them; '' for the default.",
        HelpName = "OUTPUTS",
    };

    public DaemonLogOutputsCommand()
        : base("daemon-log-outputs", "Print the outputs of a daemon's log, or with --outputs replace them until its restart.")
    {
        Add(_outputs);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        AdminConnection connection = await invocation.ConnectAdminAsync().ConfigureAwait(false);
        if (invocation.Get(_outputs) is { } wanted)
        {
            await connection.SetLoggingOutputsAsync(wanted, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
            invocation.Output.Done("Logging outputs replaced", Field.Of("outputs", "Logging outputs", wanted));
        }
        else
        {
            string outputs = await connection.GetLoggingOutputsAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
            invocation.Output.LabelledValue(Field.Of("outputs", "Logging outputs", outputs));
        }
    }
}
