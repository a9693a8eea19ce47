namespace Libvirt.Hosting;

/// <summary>One hypervisor as code describes it.</summary>
/// <param name="Uri">A libvirt URI, such as <c>qemu:///system</c>.</param>
/// <param name="Options">Its settings; those of all hypervisors when null.</param>
public sealed record HypervisorSetup(string Uri, HypervisorOptions? Options = null);
