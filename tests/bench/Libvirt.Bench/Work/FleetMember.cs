using System.Diagnostics;
using Libvirt.Bench.Measuring;
using Libvirt.Events;

namespace Libvirt.Bench.Work;

/// <summary>One daemon of a fleet: a loop polls its statistics, another one counts its lifecycle events.</summary>
internal sealed class FleetMember
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly Hypervisor _hypervisor;
    private readonly EventSubscription<DomainLifecycleEvent> _subscription;
    private long _events;

    private FleetMember(Hypervisor hypervisor, EventSubscription<DomainLifecycleEvent> subscription) =>
        (_hypervisor, _subscription) = (hypervisor, subscription);

    public LatencyHistogram Latencies { get; } = new();

    /// <summary>How many events have arrived.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <param name="runtime">Where the hypervisor lives.</param>
    /// <param name="line">A driver, test or qemu, and a socket.</param>
    public static async Task<FleetMember> ConnectAsync(LibvirtRuntime runtime, string line)
    {
        string[] words = line.Split(' ');
        string path = words[0] == "test" ? "default" : "session";
        Hypervisor hypervisor = await runtime.ConnectAsync($"{words[0]}+unix:///{path}?socket={words[1]}");
        return new FleetMember(hypervisor, await hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle));
    }

    public async Task FollowAsync()
    {
        await foreach (EventNotice<DomainLifecycleEvent> notice in _subscription)
        {
            if (notice.Event is null)
                throw new InvalidOperationException($"{_hypervisor}: {notice.Dropped} events were dropped, gap: {notice.Gap}");
            Interlocked.Increment(ref _events);
        }
    }

    /// <summary>Polls at full speed until the phase says otherwise, then at the fixed rate.</summary>
    /// <param name="phase">What to do.</param>
    /// <param name="offset">How long after the begin of each second it polls at the fixed rate.</param>
    public async Task PollAsync(Phase phase, TimeSpan offset)
    {
        while (!phase.IsOver && phase.FixedRateSince == 0)
            await PollOnceAsync(phase);
        if (phase.IsOver)
            return;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(phase.FixedRateSince);
        await Task.Delay(offset >= elapsed ? offset - elapsed : PollInterval - TimeSpan.FromTicks((elapsed - offset).Ticks % PollInterval.Ticks));
        using PeriodicTimer timer = new(PollInterval);
        do
        {
            await PollOnceAsync(phase);
            await timer.WaitForNextTickAsync();
        }
        while (!phase.IsOver);
    }

    private async Task PollOnceAsync(Phase phase)
    {
        long before = Stopwatch.GetTimestamp();
        IReadOnlyList<DomainStatsRecord> records = await _hypervisor.GetAllDomainStatsAsync();
        if (records.Count < 1 || records[0].Parameters.Count < 1)
            throw new InvalidOperationException($"{_hypervisor}: no statistics");
        if (phase.IsRecording)
            Latencies.Record((long)((Stopwatch.GetTimestamp() - before) * NanosecondsPerTick));
    }
}
