using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Administration;

/// <summary><c>srv-clients-set</c>: changes how many clients a server may have.</summary>
internal sealed class SrvClientsSetCommand : ServerCommand
{
    private readonly Option<uint?> _max = new("--max-clients") { Description = "The most clients at one time.", HelpName = "NUMBER" };

    private readonly Option<uint?> _maxUnauthenticated = new("--max-unauth-clients")
    {
        Description = "The most clients that have not yet said who they are.",
        HelpName = "NUMBER",
    };

    public SrvClientsSetCommand()
        : base("srv-clients-set", "Change how many clients a server may have, until the daemon's restart.")
    {
        Add(_max);
        Add(_maxUnauthenticated);
    }

    protected override void CheckArguments(Invocation invocation)
    {
        if (!invocation.Has(_max) && !invocation.Has(_maxUnauthenticated))
            throw new UsageException("give at least one of --max-clients and --max-unauth-clients");
    }

    protected override async Task RunAsync(Invocation invocation, DaemonServer server)
    {
        await server.SetClientLimitsAsync(
            invocation.Get(_max), invocation.Get(_maxUnauthenticated), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Client limits of server '{server}' changed", Field.Of("name", "Name", server.Name));
    }
}
