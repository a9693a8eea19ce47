using ControlPlane.Views;
using Libvirt;

namespace ControlPlane.Watching;

/// <summary>Measures what all guests of a hypervisor use, with one call, or with one for each guest where the driver lacks that.</summary>
internal sealed class GuestMeter(Hypervisor hypervisor, HostView host, Board board)
{
    private const int MostLoads = 6;

    private static readonly CallOptions Patience = new() { Timeout = TimeSpan.FromSeconds(5) };

    private bool _hasBulkStats = true;

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        if (_hasBulkStats && await TryMeasureAllAsync(cancellationToken))
            return;
        foreach (Domain domain in await hypervisor.ListAllDomainsAsync(options: Patience, cancellationToken: cancellationToken))
        {
            DomainInfo info = await domain.GetInfoAsync(Patience, cancellationToken);
            Show(domain, info.State, info.CpuTime, info.Memory, info.VcpuCount);
        }
    }

    private async Task<bool> TryMeasureAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach ((Domain domain, TypedParameters stats) in await hypervisor.GetAllDomainStatsAsync(
                DomainStatsTypes.State | DomainStatsTypes.CpuTotal | DomainStatsTypes.Balloon | DomainStatsTypes.Vcpu, options: Patience, cancellationToken: cancellationToken))
            {
                stats.TryGetInt64("state.state", out long state);
                stats.TryGetUInt64("vcpu.current", out ulong vcpus);
                ulong? time = stats.TryGetUInt64("cpu.time", out ulong used) ? used : null;
                stats.TryGetUInt64("balloon.current", out ulong memory);
                stats.TryGetUInt64("balloon.unused", out ulong unused);
                Show(domain, (DomainState)state, time, memory - unused, (uint)vcpus);
            }

            return true;
        }
        catch (LibvirtRemoteException e) when (e.Code is ErrorNumber.NoSupport or ErrorNumber.ArgumentUnsupported)
        {
            return _hasBulkStats = false;
        }
    }

    private void Show(Domain domain, DomainState state, ulong? time, ulong memoryKiB, uint vcpus)
    {
        DateTimeOffset now = DateTimeOffset.Now;
        lock (board.Gate)
        {
            if (!host.Guests.TryGetValue(domain.Uuid, out GuestView? guest))
                host.Guests.Add(domain.Uuid, guest = new GuestView(domain.Name));
            guest.State = state;
            guest.Memory = state == DomainState.Shutoff ? null : memoryKiB / 1024;
            if (state != DomainState.Running || time is not { } used)
            {
                (guest.Cpu, guest.Measured) = (null, null);
                return;
            }

            if (guest.Measured is { } before && used >= before.Time && now > before.At)
                Add(guest, (used - before.Time) / ((now - before.At).TotalSeconds * 1e9 * Math.Max(1, vcpus)));
            guest.Measured = (used, now);
        }
    }

    private static void Add(GuestView guest, double load)
    {
        guest.Cpu = load;
        guest.Loads.Enqueue(load);
        if (guest.Loads.Count > MostLoads)
            guest.Loads.Dequeue();
    }
}
