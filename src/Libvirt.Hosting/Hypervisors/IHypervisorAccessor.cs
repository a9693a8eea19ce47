namespace Libvirt.Hosting;

/// <summary>
/// A hypervisor by its name, whatever becomes of it: inject it with <c>[FromKeyedServices("name")]</c> where the service outlives a change of
/// configuration. A <see cref="Hypervisor"/> that is injected itself is, for the host's whole life, the one that was first injected; when its name
/// is re-pointed it is closed.
/// </summary>
public interface IHypervisorAccessor
{
    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>The hypervisor of this name now.</summary>
    /// <exception cref="KeyNotFoundException">There is none at present.</exception>
    Hypervisor Current { get; }
}
