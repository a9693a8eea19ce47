using Libvirt.Hosting.Diagnostics;
using Libvirt.Settings;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Libvirt.Hosting.Hypervisors;

// The hypervisors of the settings, and what follows when the settings change.
internal sealed partial class HypervisorRegistry
{
    /// <summary>
    /// Reads the settings again and applies what has changed, hypervisor by hypervisor; the others are not affected. Settings that cannot be used are logged
    /// and change nothing.
    /// </summary>
    public void Reload()
    {
        lock (_lock)
        {
            if (_stopped)
                return;
            try
            {
                Apply(_reader.Read());
            }
            catch (OptionsValidationException exception)
            {
                HostingLog.ReloadRefused(_log, string.Join("; ", exception.Failures));
            }
            catch (Exception exception) when (exception is LibvirtException or ObjectDisposedException)
            {
                // A file that URIs are resolved with has changed between the check and the use of a URI, or the actor system has ended. The source of the
                // change cannot handle either.
                HostingLog.ReloadRefused(_log, exception.Message);
            }
        }
    }

    /// <summary>Ends the reaction to changes of the configuration: the host stops.</summary>
    public void IgnoreChanges() => _changesOfSettings?.Dispose();

    private IDisposable? FollowSettings() =>
        _reader.Source.Section is { } section ? ChangeToken.OnChange(section.GetReloadToken, Reload) : null;

    private void Apply(LibvirtSettings next)
    {
        LibvirtSettings previous = _settings;
        _settings = next;
        _runtime.Defaults = next.Defaults;
        foreach (string name in previous.Hypervisors.Keys.Where(name => !next.Hypervisors.ContainsKey(name)))
        {
            if (_configured.TryGetValue(name, out Hypervisor? hypervisor))
                _ = Remove(name, hypervisor);
        }

        foreach ((string name, ConfiguredHypervisor wanted) in next.Hypervisors)
        {
            if (previous.Hypervisors.TryGetValue(name, out ConfiguredHypervisor? before) && before == wanted)
                continue;
            if (_configured.TryGetValue(name, out Hypervisor? old))
                Replace(name, old, wanted);
            else if (_all.ContainsKey(name))
                HostingLog.NameTaken(_log, name);
            else
                AddConfigured(name, wanted);
        }
    }

    private void AddConfigured(string name, ConfiguredHypervisor wanted)
    {
        Hypervisor hypervisor = Start(name, wanted.Uri, wanted.Options);
        _configured[name] = hypervisor;
        HostingLog.Added(_log, name, hypervisor.Uri);
        Publish(HypervisorChangeKind.Added, name, hypervisor);
    }

    private void Replace(string name, Hypervisor old, ConfiguredHypervisor wanted)
    {
        Hypervisor hypervisor = Start(name, wanted.Uri, wanted.Options);
        _configured[name] = hypervisor;
        HostingLog.Replaced(_log, name, hypervisor.Uri);
        Publish(HypervisorChangeKind.Replaced, name, hypervisor);
        _ = Close(name, old);
    }
}
