using System.Diagnostics;
using Libvirt.Events;
using Libvirt.Testing;

namespace Libvirt.Integration.Faults;

public sealed class KilledDaemonTests
{
    // The suite kills a few times; `LIBVIRT_KILL_ROUNDS=100` makes an evening of it.
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("LIBVIRT_KILL_ROUNDS"), out int rounds) ? rounds : 6;

    private static readonly HypervisorOptions Options = new()
    {
        ReadTimeout = TimeSpan.FromSeconds(60),
        ReadyTimeout = TimeSpan.FromSeconds(60),
        MaxConnections = 1,
        ReconnectBackoff = new Actors.BackoffPolicy { Min = TimeSpan.FromMilliseconds(50), Max = TimeSpan.FromMilliseconds(400) },
    };

    [Fact]
    public async Task Killing_a_daemon_again_and_again_loses_no_call_silently_and_disturbs_no_neighbour()
    {
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        await using LibvirtDaemon victimDaemon = await LibvirtDaemon.StartAsync();
        await using LibvirtDaemon firstDaemon = await LibvirtDaemon.StartAsync();
        await using LibvirtDaemon secondDaemon = await LibvirtDaemon.StartAsync();
        await using RecordingProxy door = victimDaemon.OpenProxy();
        door.Recording.IsOn = false;
        await using Hypervisor victim = await runtime.ConnectAsync($"test+unix:///default?socket={door.SocketPath}", Options);
        await using Hypervisor first = await runtime.ConnectAsync(firstDaemon.TestUri, Options);
        await using Hypervisor second = await runtime.ConnectAsync(secondDaemon.TestUri, Options);
        Latencies calm = await NeighbourLatenciesAsync(first, 300);
        long actorsBefore = runtime.System.Counters.LivingActors;
        using CancellationTokenSource end = new();
        Tally tally = new();

        EventSubscription<DomainLifecycleEvent>[] subscribers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            victim.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask()));
        Task<int>[] gaps = [.. subscribers.Select(subscription => CountGapsAsync(subscription))];
        Task[] callers =
        [
            .. Enumerable.Range(0, 40).Select(_ => CallAsync(victim, tally, end.Token)),
            .. Enumerable.Range(0, 5).Select(_ => CallAsync(first, tally, end.Token, isNeighbour: true)),
            .. Enumerable.Range(0, 5).Select(_ => CallAsync(second, tally, end.Token, isNeighbour: true)),
        ];
        Task<Latencies> watching = NeighbourLatenciesAsync(first, 100 * Rounds);
        for (int round = 0; round < Rounds; round++)
        {
            await victimDaemon.KillAsync();
            await Eventually.IsTrueAsync(() => victim.State is not HypervisorState.Ready);
            await victimDaemon.RestartAsync();
            await Eventually.IsTrueAsync(() => victim.State is HypervisorState.Ready);
        }

        Latencies during = await watching;
        await end.CancelAsync();
        await Task.WhenAll(callers);
        foreach (EventSubscription<DomainLifecycleEvent> subscription in subscribers)
            await subscription.DisposeAsync();

        Assert.Equal(0, tally.NeighbourFailures);
        Assert.True(tally.Answered > Rounds);
        Assert.All(await Task.WhenAll(gaps), count => Assert.Equal(Rounds, count));
        await Eventually.IsTrueAsync(() => runtime.System.Counters.LivingActors == actorsBefore);
        await Eventually.IsTrueAsync(() => door.OpenConnections == 1);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Rounds} kills: {tally.Answered} rounds of calls answered, {tally.Lost} lost and said so. A neighbour's call: {calm} alone, {during} meanwhile.");
    }

    [Fact]
    public async Task A_stalled_daemon_is_found_by_keepalive_within_its_bound()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(
            daemon.TestUri,
            new HypervisorOptions { KeepAliveInterval = TimeSpan.FromSeconds(1), KeepAliveCount = 2, ReadTimeout = TimeSpan.FromMinutes(5), RetryReads = false });

        daemon.Freeze();
        Stopwatch silence = Stopwatch.StartNew();
        try
        {
            LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(
                () => hypervisor.GetLibVersionAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.True(lost.Sent);
            Assert.IsType<TimeoutException>(lost.InnerException);
            Assert.True(silence.Elapsed >= TimeSpan.FromSeconds(2), $"Only {silence.Elapsed} had passed.");
        }
        finally
        {
            daemon.Thaw();
        }

        Assert.True(await hypervisor.GetLibVersionAsync() > 0);
    }

    private static async Task CallAsync(Hypervisor hypervisor, Tally tally, CancellationToken end, bool isNeighbour = false)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                IReadOnlyList<Domain> domains = await hypervisor.ListAllDomainsAsync();
                await domains[0].GetInfoAsync();
                // A call that changes something is never repeated, so it may end with a loss, and only with that.
                await domains[0].SetAutostartAsync(false);
                tally.AddAnswered();
            }
            catch (LibvirtConnectionLostException) when (!isNeighbour)
            {
                tally.AddLost();
            }
            catch (LibvirtException)
            {
                if (isNeighbour)
                    tally.AddNeighbourFailure();
                else
                    throw;
            }
        }
    }

    private static async Task<int> CountGapsAsync(EventSubscription<DomainLifecycleEvent> subscription)
    {
        int gaps = 0;
        await foreach (EventNotice<DomainLifecycleEvent> notice in subscription)
            gaps += notice.Gap is null ? 0 : 1;
        return gaps;
    }

    private static async Task<Latencies> NeighbourLatenciesAsync(Hypervisor neighbour, int calls)
    {
        TimeSpan[] times = new TimeSpan[calls];
        for (int i = 0; i < calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await neighbour.GetLibVersionAsync();
            times[i] = Stopwatch.GetElapsedTime(start);
        }

        Array.Sort(times);
        return new Latencies(times[calls / 2], times[calls * 99 / 100]);
    }

    private sealed record Latencies(TimeSpan Median, TimeSpan P99)
    {
        public override string ToString() => $"{Median.TotalMicroseconds:0} µs (99 of 100 within {P99.TotalMicroseconds:0} µs)";
    }

    private sealed class Tally
    {
        private long _answered;
        private long _lost;
        private long _neighbourFailures;

        public long Answered => Interlocked.Read(ref _answered);

        public long Lost => Interlocked.Read(ref _lost);

        public long NeighbourFailures => Interlocked.Read(ref _neighbourFailures);

        public void AddAnswered() => Interlocked.Increment(ref _answered);

        public void AddLost() => Interlocked.Increment(ref _lost);

        public void AddNeighbourFailure() => Interlocked.Increment(ref _neighbourFailures);
    }
}
