using Libvirt.Hosting.Diagnostics;
using Libvirt.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Hypervisors;

// What the configuration wants, and what follows from its changes.
internal sealed partial class HypervisorRegistry
{
    /// <summary>
    /// Reads the configuration again and does what has changed in it, hypervisor by hypervisor; the others notice nothing. A configuration that
    /// cannot be used is logged and changes nothing.
    /// </summary>
    public void Reload()
    {
        lock (_lock)
        {
            if (_stopped)
                return;
            try
            {
                Apply(_plans.Read());
            }
            catch (OptionsValidationException exception)
            {
                HostingLog.ReloadRefused(_log, string.Join("; ", exception.Failures));
            }
            catch (LibvirtException exception)
            {
                // A file that URIs are resolved by has changed in this very moment. Whoever tells of changes has nobody who would hear of it.
                HostingLog.ReloadRefused(_log, exception.Message);
            }
        }
    }

    private void Apply(LibvirtPlan next)
    {
        LibvirtPlan previous = _plan;
        _plan = next;
        foreach (string name in previous.Hypervisors.Keys.Where(name => !next.Hypervisors.ContainsKey(name)))
        {
            if (_planned.TryGetValue(name, out Hypervisor? hypervisor))
                _ = Remove(name, hypervisor);
        }

        foreach ((string name, HypervisorPlan wanted) in next.Hypervisors)
        {
            if (previous.Hypervisors.TryGetValue(name, out HypervisorPlan? before) && before == wanted)
                continue;
            if (_planned.TryGetValue(name, out Hypervisor? old))
                Replace(name, old, wanted);
            else if (_all.ContainsKey(name))
                HostingLog.NameTaken(_log, name);
            else
                Plan(name, wanted);
        }
    }

    private void Plan(string name, HypervisorPlan wanted)
    {
        Hypervisor hypervisor = _runtime.Add(wanted.Uri, wanted.Options);
        _planned[name] = hypervisor;
        HostingLog.Added(_log, name, hypervisor.Uri);
        Publish(HypervisorChangeKind.Added, name, hypervisor);
    }

    private void Replace(string name, Hypervisor old, HypervisorPlan wanted)
    {
        Hypervisor hypervisor = _runtime.Add(wanted.Uri, wanted.Options);
        _planned[name] = hypervisor;
        HostingLog.Replaced(_log, name, hypervisor.Uri);
        Publish(HypervisorChangeKind.Replaced, name, hypervisor);
        _ = Close(name, old);
    }
}
