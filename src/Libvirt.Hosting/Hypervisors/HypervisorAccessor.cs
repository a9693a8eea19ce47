namespace Libvirt.Hosting.Hypervisors;

internal sealed class HypervisorAccessor(IHypervisors hypervisors, string name) : IHypervisorAccessor
{
    public string Name { get; } = name;

    public Hypervisor Current => hypervisors.Get(Name);
}
