using System.Diagnostics;
using System.Globalization;
using Libvirt.Events;

namespace Libvirt.Scale;

/// <summary>The runtime with all its hypervisors, and what is measured on it.</summary>
internal sealed class Fleet(FarmProcess farm) : IAsyncDisposable
{
    private const int WarmUp = 20;
    private const int Callers = 64;
    private const int EventsPerHypervisor = 100;

    private static readonly TimeSpan Sustained = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    private readonly LibvirtRuntime _runtime = LibvirtRuntime.Create();
    private Hypervisor[] _hypervisors = [];

    public async Task MeasureAsync()
    {
        // So that code and pools of the process do not count as memory of the connections.
        await ConnectAsync(farm.Uris.Take(WarmUp));
        await CallEachAsync();
        Hypervisor[] first = _hypervisors;
        (long heap, long resident) = Memory();

        Stopwatch clock = Stopwatch.StartNew();
        await ConnectAsync(farm.Uris.Skip(WarmUp));
        Report("connected", $"{farm.Uris.Count:N0} in {clock.Elapsed.TotalSeconds:0.0} s, {(farm.Uris.Count - WarmUp) / clock.Elapsed.TotalSeconds:N0}/s");
        ReportMemory("memory for each, connected", heap, resident);
        _hypervisors = [.. first, .. _hypervisors];

        await MeasureCallsAsync();
        ReportMemory("memory for each, after calls", heap, resident);
        await MeasureEventsAsync();
        await MeasureIdleAsync();
        ReportMemory("memory for each, subscribed and idle", heap, resident);
        await MeasureRecoveryAsync("all dropped at once", "drop", TimeSpan.Zero);
        await MeasureRecoveryAsync(
            $"all away for {Outage.TotalSeconds:0} s", string.Create(CultureInfo.InvariantCulture, $"down {Outage.TotalSeconds}"), Outage);
        ReportMemory("memory for each, at the end", heap, resident);
        await Task.Delay(Idle);
        ReportMemory("memory for each, idle again", heap, resident);
    }

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    private async Task ConnectAsync(IEnumerable<string> uris)
    {
        _hypervisors = [.. uris.Select(uri => _runtime.Add(uri))];
        while (Ready() < _hypervisors.Length)
            await Task.Delay(10);
    }

    private async Task MeasureCallsAsync()
    {
        Stopwatch clock = Stopwatch.StartNew();
        await CallEachAsync();
        Report("one call on each, at once", $"{clock.Elapsed.TotalMilliseconds:N0} ms, {_hypervisors.Length / clock.Elapsed.TotalSeconds:N0}/s");

        long calls = 0;
        clock.Restart();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (int next = caller; clock.Elapsed < Sustained; next += Callers)
            {
                await _hypervisors[next % _hypervisors.Length].GetHostnameAsync();
                Interlocked.Increment(ref calls);
            }
        }));
        Report($"calls of {Callers} callers on all in turn", $"{calls / clock.Elapsed.TotalSeconds:N0}/s");
    }

    private async Task MeasureEventsAsync()
    {
        EventSubscription<DomainLifecycleEvent>[] subscriptions = await Task.WhenAll(_hypervisors.Select(
            hypervisor => hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle, new EventSubscriptionOptions { QueueCapacity = 2 * EventsPerHypervisor }).AsTask()));
        long seen = 0;
        foreach (EventSubscription<DomainLifecycleEvent> subscription in subscriptions)
            _ = CountAsync(subscription);
        long wanted = (long)EventsPerHypervisor * _hypervisors.Length;
        Stopwatch clock = Stopwatch.StartNew();
        Task storm = farm.DoAsync($"storm {EventsPerHypervisor}");
        while (Interlocked.Read(ref seen) < wanted)
            await Task.Delay(1);
        await storm;
        Report("events of all hypervisors", $"{wanted:N0} in {clock.Elapsed.TotalSeconds:0.0} s, {wanted / clock.Elapsed.TotalSeconds:N0}/s");

        async Task CountAsync(EventSubscription<DomainLifecycleEvent> subscription)
        {
            await foreach (EventNotice<DomainLifecycleEvent> notice in subscription)
                Interlocked.Add(ref seen, notice.Event is null ? notice.Dropped : 1);
        }
    }

    private static async Task MeasureIdleAsync()
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Stopwatch clock = Stopwatch.StartNew();
        await Task.Delay(Idle);
        Report("idle, keepalive both ways", $"{(Environment.CpuUsage.TotalTime - before) / clock.Elapsed:P1} of one core");
    }

    private async Task MeasureRecoveryAsync(string what, string command, TimeSpan outage)
    {
        using Attempts attempts = new();
        Stopwatch clock = Stopwatch.StartNew();
        Task order = farm.DoAsync(command);
        List<(TimeSpan At, int Ready)> course = [];
        do
        {
            await Task.Delay(20);
            course.Add((clock.Elapsed - outage, Ready()));
        }
        while (course[^1].Ready < _hypervisors.Length || course[^1].At < TimeSpan.FromSeconds(1) || !order.IsCompleted);
        await order;
        int busiest = course.Max(end => end.Ready - course.First(begin => begin.At >= end.At - Window).Ready);
        Report(what, $"half are back after {After(0.5)}, 95% after {After(0.95)}, all after {After(1)}; busiest {Window.TotalMilliseconds} ms: {busiest:N0}");
        attempts.Print(outage);

        string After(double part) =>
            $"{course[Math.Min(course.Count - 1, course.FindLastIndex(sample => sample.Ready < part * _hypervisors.Length) + 1)].At.TotalSeconds:0.0} s";
    }

    private Task CallEachAsync() => Task.WhenAll(_hypervisors.Select(hypervisor => hypervisor.GetHostnameAsync().AsTask()));

    private int Ready() => _hypervisors.Count(hypervisor => hypervisor.State is HypervisorState.Ready);

    private void ReportMemory(string what, long heap, long resident)
    {
        (long heapNow, long residentNow) = Memory();
        Report(what, $"{Each(heapNow - heap)} KB of managed heap, {Each(residentNow - resident)} KB resident");

        string Each(long bytes) => $"{bytes / 1024.0 / (farm.Uris.Count - WarmUp):0.0}";
    }

    private static (long Heap, long Resident) Memory()
    {
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        using Process self = Process.GetCurrentProcess();
        return (heap, self.WorkingSet64);
    }

    private static void Report(string what, string figure) => Console.WriteLine($"{what,-38} {figure}");
}
