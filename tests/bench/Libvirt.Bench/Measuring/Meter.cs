using System.Diagnostics;

namespace Libvirt.Bench.Measuring;

/// <summary>Time, processor time and allocations of this process from a moment on.</summary>
internal readonly struct Meter
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);

    public Meter()
    {
    }

    /// <summary>What has passed since, with nothing counted yet.</summary>
    public Sample Read()
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        TimeSpan cpu = Environment.CpuUsage.TotalTime - _cpu;
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocated;
        using Process self = Process.GetCurrentProcess();
        return new Sample
        {
            Seconds = elapsed.TotalSeconds,
            CpuSeconds = cpu.TotalSeconds,
            AllocatedBytes = allocated,
            PeakRssBytes = self.PeakWorkingSet64,
        };
    }
}
