using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Administration;

/// <summary>A command about one server of a daemon, which its first argument names.</summary>
internal abstract class ServerCommand : HypervisorCommand
{
    private readonly Argument<string> _server = new("SERVER") { Description = "The server: libvirtd, virtqemud, admin and so on; 'srv-list' lists them." };

    /// <param name="name">The short form of virt-admin's name, from <c>srv-</c> on where it has one; the long form is known too.</param>
    /// <param name="description">What the help says.</param>
    protected ServerCommand(string name, string description)
        : base(name, description)
    {
        if (name.StartsWith("srv-", StringComparison.Ordinal))
            Aliases.Add("server-" + name["srv-".Length..]);
        Add(_server);
    }

    /// <summary>Carries the command out on the server that was found.</summary>
    protected abstract Task RunAsync(Invocation invocation, DaemonServer server);

    protected sealed override async Task RunAsync(Invocation invocation)
    {
        CheckArguments(invocation);
        AdminConnection connection = await invocation.ConnectAdminAsync().ConfigureAwait(false);
        DaemonServer server = await connection.LookupServerAsync(invocation.Get(_server)!, cancellationToken: invocation.CancellationToken)
            .ConfigureAwait(false);
        await RunAsync(invocation, server).ConfigureAwait(false);
    }

    /// <summary>Looks at the arguments before anything is sent.</summary>
    /// <exception cref="Failures.UsageException">They make no sense together.</exception>
    protected virtual void CheckArguments(Invocation invocation)
    {
    }
}
