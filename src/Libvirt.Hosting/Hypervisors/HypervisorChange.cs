namespace Libvirt.Hosting;

/// <summary>A change among the hypervisors of a host.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Name">The name.</param>
/// <param name="Hypervisor">The one there is now, or for <see cref="HypervisorChangeKind.Removed"/> the one there was, which is closing.</param>
public sealed record HypervisorChange(HypervisorChangeKind Kind, string Name, Hypervisor Hypervisor);
