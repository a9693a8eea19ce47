using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>capabilities</c>: what the host and its hypervisor can do.</summary>
internal sealed class CapabilitiesCommand() : HypervisorCommand("capabilities", "Print what the host and its hypervisor can do, as XML.")
{
    protected override async Task RunAsync(Invocation invocation)
    {
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        string capabilities = await hypervisor.GetCapabilitiesAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Payload(Field.Of("capabilities", "Capabilities", capabilities));
    }
}
