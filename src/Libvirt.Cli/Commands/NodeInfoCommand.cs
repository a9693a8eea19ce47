using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>nodeinfo</c>: the host's processors and memory.</summary>
internal sealed class NodeInfoCommand() : HypervisorCommand("nodeinfo", "Print what processors and memory the host has.")
{
    protected override async Task RunAsync(Invocation invocation)
    {
        Hypervisor hypervisor = await invocation.ConnectAsync().ConfigureAwait(false);
        NodeInfo info = await hypervisor.GetNodeInfoAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Record(
        [
            Field.Of("model", "CPU model", info.Model),
            Field.Of("cpus", "CPU(s)", info.Cpus),
            Field.Of("mhz", "CPU frequency", info.Mhz, "MHz"),
            Field.Of("sockets", "CPU socket(s)", info.Sockets),
            Field.Of("cores", "Core(s) per socket", info.Cores),
            Field.Of("threads", "Thread(s) per core", info.Threads),
            Field.Of("nodes", "NUMA cell(s)", info.Nodes),
            Field.Of("memory", "Memory size", info.Memory, "KiB"),
        ]);
    }
}
