using System.CommandLine;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Administration;

/// <summary>A command about one client of a server.</summary>
internal abstract class ClientCommand : ServerCommand
{
    private readonly Argument<ulong> _client = new("CLIENT") { Description = "The client's id; 'client-list' lists them." };

    protected ClientCommand(string name, string description)
        : base(name, description)
    {
        Add(_client);
    }

    /// <summary>Carries the command out on the client that was found.</summary>
    protected abstract Task RunAsync(Invocation invocation, DaemonClient client);

    protected sealed override async Task RunAsync(Invocation invocation, DaemonServer server)
    {
        DaemonClient client = await server.LookupClientAsync(invocation.Get(_client), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        await RunAsync(invocation, client).ConfigureAwait(false);
    }
}
