using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>daemon-timeout</c>: after how long without work a daemon stops itself. virt-admin's option has the name of one that all commands have here.</summary>
internal sealed class DaemonTimeoutCommand : HypervisorCommand
{
    private readonly Argument<uint> _seconds = new("SECONDS") { Description = "How long it stays without clients and work; 0 for ever." };

    public DaemonTimeoutCommand()
        : base("daemon-timeout", "Set after how many seconds without work a daemon stops itself, until its restart.")
    {
        Add(_seconds);
    }

    protected override async Task RunAsync(Invocation invocation)
    {
        uint seconds = invocation.Get(_seconds);
        AdminConnection connection = await invocation.ConnectAdminAsync().ConfigureAwait(false);
        await connection.SetDaemonTimeoutAsync(TimeSpan.FromSeconds(seconds), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done(
            seconds == 0 ? "The daemon no longer stops itself" : $"The daemon stops itself after {seconds} s without work",
            Field.Of("timeout", "Timeout", seconds));
    }
}
