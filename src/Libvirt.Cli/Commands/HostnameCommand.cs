using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>hostname</c>: the name of the hypervisor's host.</summary>
internal sealed class HostnameCommand() : HypervisorCommand("hostname", "Print the name of the hypervisor's host.")
{
    protected override async Task RunAsync(Invocation invocation)
    {
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        string hostname = await hypervisor.GetHostnameAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Value(Field.Of("hostname", "Hostname", hostname));
    }
}
