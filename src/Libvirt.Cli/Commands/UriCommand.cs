using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>uri</c>: the daemon's name for what it opened.</summary>
internal sealed class UriCommand() : HypervisorCommand("uri", "Print the hypervisor's URI as its daemon names it.")
{
    protected override async Task RunAsync(Invocation invocation)
    {
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        string uri = await hypervisor.GetUriAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Value(Field.Of("uri", "URI", uri));
    }
}
