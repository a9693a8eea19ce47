using System.Diagnostics.CodeAnalysis;

namespace Libvirt;

/// <summary>The hypervisors that have a name: those of the runtime itself, or of the host that it runs in. Free-threaded.</summary>
internal interface IHypervisorDirectory
{
    /// <summary>All of them; the dictionary does not change.</summary>
    IReadOnlyDictionary<string, Hypervisor> All { get; }

    /// <summary>The hypervisor of a name; false when there is none.</summary>
    bool TryGet(string name, [NotNullWhen(true)] out Hypervisor? hypervisor);

    /// <summary>Adds a hypervisor and begins to connect to it.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="LibvirtConnectException">The URI cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The runtime or the host has ended.</exception>
    Hypervisor Add(string name, string uri, HypervisorOptions? options = null);

    /// <summary>Removes a hypervisor at once; completes when it has closed, with false when there is none of this name.</summary>
    ValueTask<bool> RemoveAsync(string name);
}
