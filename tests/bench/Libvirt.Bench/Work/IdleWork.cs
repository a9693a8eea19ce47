using System.Globalization;
using Libvirt.Bench.Measuring;

namespace Libvirt.Bench.Work;

/// <summary>Many connections that are made and then left alone, keepalive aside.</summary>
internal static class IdleWork
{
    /// <summary>How many are being made at one time.</summary>
    public const int AtOnce = 64;

    public static async Task<Sample> RunAsync(string socket, int count)
    {
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        LibvirtUri uri = LibvirtUri.Resolve($"qemu+unix:///system?socket={socket}");
        List<Hypervisor> hypervisors = new(count);
        // The first ones pay for what all share.
        await ConnectAsync(runtime, uri, AtOnce, hypervisors);
        (long resident, long heap) before = await SettleAsync();
        Meter meter = new();
        await ConnectAsync(runtime, uri, count, hypervisors);
        Sample sample = meter.Read();
        (long resident, long heap) after = await SettleAsync();
        GC.KeepAlive(hypervisors);
        return sample with { Count = count, ResidentBytes = after.resident - before.resident, HeapBytes = after.heap - before.heap };
    }

    private static async Task ConnectAsync(LibvirtRuntime runtime, LibvirtUri uri, int count, List<Hypervisor> hypervisors)
    {
        for (int made = 0; made < count; made += AtOnce)
        {
            Task<Hypervisor>[] connecting = [.. Enumerable.Range(0, Math.Min(AtOnce, count - made)).Select(_ => runtime.ConnectAsync(uri).AsTask())];
            hypervisors.AddRange(await Task.WhenAll(connecting));
        }
    }

    // Longer than the interval of keepalive: an idle connection that pings is an ordinary one.
    private static async Task<(long Resident, long Heap)> SettleAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(12));
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        string line = File.ReadLines("/proc/self/status").First(field => field.StartsWith("VmRSS:", StringComparison.Ordinal));
        long resident = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
        return (resident, GC.GetTotalMemory(forceFullCollection: false));
    }
}
