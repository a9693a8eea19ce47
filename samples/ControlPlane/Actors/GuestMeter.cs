using Libvirt;

namespace ControlPlane.Actors;

/// <summary>Measures what all guests of a hypervisor use, with one call, or with one for each guest where the driver lacks that.</summary>
internal sealed class GuestMeter(Hypervisor hypervisor)
{
    private const DomainStatsTypes Wanted = DomainStatsTypes.State | DomainStatsTypes.CpuTotal | DomainStatsTypes.Balloon | DomainStatsTypes.Vcpu;

    private static readonly CallOptions Patience = new() { Timeout = TimeSpan.FromSeconds(5) };

    private bool _hasBulkStats = true;

    public async Task<IReadOnlyList<Measurement>> MeasureAsync()
    {
        if (_hasBulkStats && await TryMeasureAllAsync() is { } all)
            return all;
        List<Measurement> found = [];
        foreach (Domain domain in await hypervisor.ListAllDomainsAsync(options: Patience))
        {
            DomainInfo info = await domain.GetInfoAsync(Patience);
            found.Add(new Measurement(domain.Uuid, domain.Name, info.State, info.CpuTime, info.Memory, info.VcpuCount));
        }

        return found;
    }

    private async Task<IReadOnlyList<Measurement>?> TryMeasureAllAsync()
    {
        try
        {
            return [.. (await hypervisor.GetAllDomainStatsAsync(Wanted, options: Patience)).Select(record => Read(record.Domain, record.Parameters))];
        }
        catch (LibvirtRemoteException e) when (e.Code is ErrorNumber.NoSupport or ErrorNumber.ArgumentUnsupported)
        {
            _hasBulkStats = false;
            return null;
        }
    }

    private static Measurement Read(Domain domain, TypedParameters stats)
    {
        stats.TryGetInt64("state.state", out long state);
        stats.TryGetUInt64("vcpu.current", out ulong vcpus);
        ulong? time = stats.TryGetUInt64("cpu.time", out ulong used) ? used : null;
        stats.TryGetUInt64("balloon.current", out ulong memory);
        stats.TryGetUInt64("balloon.unused", out ulong unused);
        return new Measurement(domain.Uuid, domain.Name, (DomainState)state, time, memory - unused, (uint)vcpus);
    }
}
