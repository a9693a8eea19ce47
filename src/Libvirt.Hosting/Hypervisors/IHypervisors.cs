using System.Diagnostics.CodeAnalysis;

namespace Libvirt.Hosting;

/// <summary>
/// The hypervisors of this host by name: those of code and configuration, and those added at run time. The case of names does not count. Free-threaded.
/// It owns them: they close when they are removed and when the host stops.
/// </summary>
public interface IHypervisors
{
    /// <summary>All of them, as it is now; the dictionary does not change.</summary>
    IReadOnlyDictionary<string, Hypervisor> All { get; }

    /// <summary>The hypervisor of this name, connected or not: <see cref="Hypervisor.State"/> tells.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the text names those there are.</exception>
    Hypervisor Get(string name);

    /// <summary>The hypervisor of this name; false when there is none.</summary>
    bool TryGet(string name, [NotNullWhen(true)] out Hypervisor? hypervisor);

    /// <summary>Adds a hypervisor and starts to connect to it, without waiting for it.</summary>
    /// <param name="name">A name that is not taken.</param>
    /// <param name="uri">A libvirt URI, such as <c>qemu:///system</c>.</param>
    /// <param name="options">Its settings; the default ones of this host when null.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="LibvirtConnectException">The URI cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The host is stopping.</exception>
    Hypervisor Add(string name, string uri, HypervisorOptions? options = null);

    /// <summary>
    /// Takes a hypervisor away at once and closes it in order: calls under way may end within its <see cref="HypervisorOptions.CloseTimeout"/>. One that
    /// the configuration names stays away until the configuration changes what it says of it.
    /// </summary>
    /// <returns>False when there is none of this name. Completes when it has closed.</returns>
    ValueTask<bool> RemoveAsync(string name);

    /// <summary>
    /// Reports every hypervisor there is as added, and then each change, until the token is cancelled or the host stops.
    /// </summary>
    /// <exception cref="InvalidOperationException">The reader lagged by more than 1024 changes; watch again.</exception>
    IAsyncEnumerable<HypervisorChange> WatchAsync(CancellationToken cancellationToken = default);
}
