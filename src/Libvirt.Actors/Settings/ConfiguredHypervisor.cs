namespace Libvirt.Settings;

/// <summary>One hypervisor of the settings. Equal to another when the same connection would serve both.</summary>
internal sealed record ConfiguredHypervisor(string Uri, HypervisorOptions Options);
