using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>daemon-log-filters</c>: what a daemon logs; reads it or changes it.</summary>
internal sealed class DaemonLogFiltersCommand : HypervisorCommand
{
    private readonly Option<string?> _filters = new("--filters")
    {
        Description = "The new filters as in the daemon's configuration file, with blanks between them; '' for none.",
        HelpName = "FILTERS",
    };

    public DaemonLogFiltersCommand()
        : base("daemon-log-filters", "Print the filters of a daemon's log, or with --filters replace them until its restart.")
    {
        Add(_filters);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        AdminConnection connection = await invocation.ConnectAdminAsync().ConfigureAwait(false);
        if (invocation.Get(_filters) is { } wanted)
        {
            await connection.SetLoggingFiltersAsync(wanted, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
            invocation.Output.Done("Logging filters replaced", Field.Of("filters", "Logging filters", wanted));
        }
        else
        {
            string filters = await connection.GetLoggingFiltersAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
            invocation.Output.LabelledValue(Field.Of("filters", "Logging filters", filters));
        }
    }
}
