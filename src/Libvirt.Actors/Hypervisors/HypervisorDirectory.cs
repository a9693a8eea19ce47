using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Libvirt;

/// <summary>The named hypervisors of a runtime that has no host. One that has closed by itself keeps its name until it is removed.</summary>
internal sealed class HypervisorDirectory(LibvirtRuntime runtime) : IHypervisorDirectory
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<string, Hypervisor> _all = ImmutableDictionary.Create<string, Hypervisor>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, Hypervisor> All => Volatile.Read(ref _all);

    public bool TryGet(string name, [NotNullWhen(true)] out Hypervisor? hypervisor) => Volatile.Read(ref _all).TryGetValue(name, out hypervisor);

    public Hypervisor Add(string name, string uri, HypervisorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        LibvirtUri resolved = LibvirtUri.Resolve(uri);
        lock (_lock)
        {
            if (_all.ContainsKey(name))
                throw new ArgumentException($"There is a hypervisor '{name}' already.", nameof(name));
            Hypervisor hypervisor = runtime.Add(resolved, options, name);
            Volatile.Write(ref _all, _all.Add(name, hypervisor));
            return hypervisor;
        }
    }

    public async ValueTask<bool> RemoveAsync(string name)
    {
        Hypervisor? hypervisor;
        lock (_lock)
        {
            if (!_all.TryGetValue(name, out hypervisor))
                return false;
            Volatile.Write(ref _all, _all.Remove(name));
        }

        await hypervisor.DisposeAsync().ConfigureAwait(false);
        return true;
    }
}
