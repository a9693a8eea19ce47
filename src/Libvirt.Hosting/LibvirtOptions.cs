namespace Libvirt.Hosting;

/// <summary>What <c>AddLibvirt</c> is told in code. The configuration section <c>libvirt</c> comes on top of it.</summary>
public sealed class LibvirtOptions
{
    /// <summary>The settings of every hypervisor that has none of its own. Default <see cref="HypervisorOptions.Default"/>.</summary>
    public HypervisorOptions Defaults { get; set; } = HypervisorOptions.Default;

    /// <summary>The hypervisors by name; the case of names does not count.</summary>
    public IDictionary<string, HypervisorSetup> Hypervisors { get; } = new Dictionary<string, HypervisorSetup>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names a hypervisor.</summary>
    /// <param name="name">The name that it is got by.</param>
    /// <param name="uri">A libvirt URI, such as <c>qemu:///system</c>.</param>
    /// <param name="options">Its settings; <see cref="Defaults"/> when null.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public LibvirtOptions AddHypervisor(string name, string uri, HypervisorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(uri);
        Hypervisors.Add(name, new HypervisorSetup(uri, options));
        return this;
    }
}
