namespace Libvirt.Hosting;

/// <summary>What happened to a hypervisor of a host.</summary>
public enum HypervisorChangeKind
{
    /// <summary>It has come.</summary>
    Added,

    /// <summary>It has gone and is closing.</summary>
    Removed,

    /// <summary>The name has another URI or other settings: the old one is closing, the new one connecting.</summary>
    Replaced,
}
