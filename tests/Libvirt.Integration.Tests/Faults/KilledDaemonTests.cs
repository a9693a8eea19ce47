using System.Diagnostics;
using System.Globalization;
using Libvirt.Kill.Load;
using Libvirt.Kill.Measuring;
using Libvirt.Testing;

namespace Libvirt.Integration.Faults;

public sealed class KilledDaemonTests
{
    // `LIBVIRT_KILL_ROUNDS` makes it shorter, or an evening's work.
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("LIBVIRT_KILL_ROUNDS"), out int rounds) ? rounds : 100;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly HypervisorOptions Options = new()
    {
        ReadTimeout = Deadline,
        CallTimeout = Deadline,
        ReadyTimeout = Deadline,
        MaxConnections = 1,
        ReconnectBackoff = new BackoffPolicy { Min = TimeSpan.FromMilliseconds(50), Max = TimeSpan.FromMilliseconds(400) },
    };

    [Fact]
    public async Task Killing_a_daemon_again_and_again_loses_no_call_silently_and_disturbs_no_neighbour()
    {
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        await using LibvirtDaemon victimDaemon = await LibvirtDaemon.StartAsync();
        await using LibvirtDaemon firstDaemon = await LibvirtDaemon.StartAsync();
        await using LibvirtDaemon secondDaemon = await LibvirtDaemon.StartAsync();
        RecordingProxy[] doors = [.. new[] { victimDaemon, firstDaemon, secondDaemon }.Select(daemon => daemon.OpenProxy())];
        foreach (RecordingProxy door in doors)
            door.Recording.IsOn = false;
        using RuntimeMeter meter = new();
        await using Hypervisor victim = await runtime.ConnectAsync(doors[0].Uri("test", "/default"), Options);
        await using Hypervisor first = await runtime.ConnectAsync(doors[1].Uri("test", "/default"), Options);
        await using Hypervisor second = await runtime.ConnectAsync(doors[2].Uri("test", "/default"), Options);
        long actorsBefore = LivingActors.Count(runtime);

        // Given 50 callers and 20 subscribers at work on three hypervisors.
        Follower[] atVictim = await Follower.StartAsync(victim, 12);
        Follower[] atNeighbours = [.. await Follower.StartAsync(first, 4), .. await Follower.StartAsync(second, 4)];
        long registeredBefore = LivingActors.Count(runtime);
        Callers victims = Callers.Start(victim, "victim", new CallerMix(Readers: 20, MemoryChangers: 10));
        Callers neighbours = Callers.Start(first, "first neighbour", new CallerMix(Readers: 7, MemoryChangers: 3));
        Callers others = Callers.Start(second, "second neighbour", new CallerMix(Readers: 7, MemoryChangers: 3));
        Latencies[] calm = await MeasureAsync([first, second], Task.Delay(TimeSpan.FromSeconds(3)));

        // When the daemon of one is killed and started again, and again.
        TaskCompletionSource over = new();
        Task<Latencies[]> measuring = MeasureAsync([first, second], over.Task);
        TimeSpan longestReturn = TimeSpan.Zero;
        for (int round = 1; round <= Rounds; round++)
        {
            await victimDaemon.KillAsync();
            await Eventually.IsTrueAsync(() => victim.State is not HypervisorState.Ready);
            await victimDaemon.RestartAsync();
            Stopwatch answering = Stopwatch.StartNew();
            await Eventually.IsTrueAsync(() => victim.State is HypervisorState.Ready);
            longestReturn = answering.Elapsed > longestReturn ? answering.Elapsed : longestReturn;

            // Then each subscriber is registered again as soon as the hypervisor is ready, and has been told of the gap.
            string name = string.Create(CultureInfo.InvariantCulture, $"round-{round}");
            await victim.DefineDomainXmlAsync($"<domain type='test'><name>{name}</name><memory>8192</memory><os><type>hvm</type></os></domain>");
            await Eventually.IsTrueAsync(() => atVictim.All(follower => follower.LastDefined == name));
            Assert.All(atVictim, follower => Assert.Equal(round, follower.Gaps.Count));
        }

        over.SetResult();
        Latencies[] during = await measuring;

        // Then nothing was lost but calls on the killed one, which reported it, and each in its time.
        TimeSpan limit = 2 * Deadline;
        await Task.WhenAll(victims.EndAsync(limit), neighbours.EndAsync(limit), others.EndAsync(limit));
        CallLedger[] ledgers = [victims.Ledger, neighbours.Ledger, others.Ledger];
        long answered = victims.Ledger.Count(CallOutcome.Answered);
        long lost = victims.Ledger.Count(CallOutcome.LostSent) + victims.Ledger.Count(CallOutcome.LostNotSent);
        Assert.True(answered > Rounds);
        Assert.True(victims.Ledger.Begun == answered + lost, $"{victims.Ledger}");
        Assert.All([neighbours.Ledger, others.Ledger], ledger => Assert.True(ledger.Begun == ledger.Count(CallOutcome.Answered), $"{ledger}"));
        Assert.All(ledgers, ledger => Assert.True(ledger.Longest.Duration < limit, $"A call took {ledger.Longest}."));
        Assert.All(atNeighbours, follower => Assert.Empty(follower.Gaps));

        // And everything that is counted is where it began: actors, sockets, promises.
        await Eventually.IsTrueAsync(() => LivingActors.Count(runtime) == registeredBefore);
        await Eventually.IsTrueAsync(() => doors.All(door => door.OpenConnections == 1));
        Assert.All(doors, door => Assert.True(meter.Knows(door.SocketPath)));
        await Eventually.IsTrueAsync(() => doors.All(door => meter.Active(door.SocketPath) == 0));

        // And registrations: 12 subscribers have one at the daemon, which goes with the last of them.
        doors[0].Recording.IsOn = true;
        foreach (Follower follower in atVictim.Concat(atNeighbours))
            await follower.DisposeAsync();
        await Eventually.IsTrueAsync(() => LivingActors.Count(runtime) == actorsBefore);
        // The daemon works on several calls at a time: until it has answered, an event may still come.
        await Eventually.IsTrueAsync(
            () => doors[0].Recording.Frames.Any(frame => frame is { IsFromClient: false, Frame: { Type: RpcType.Reply, Procedure: 317 } }));
        await victim.DefineDomainXmlAsync("<domain type='test'><name>unheard</name><memory>8192</memory><os><type>hvm</type></os></domain>");
        IReadOnlyList<RecordedFrame> frames = doors[0].Recording.Frames;
        Assert.Single(frames, frame => frame is { IsFromClient: true, Frame: { Type: RpcType.Call, Procedure: 317 } });
        Assert.DoesNotContain(frames, frame => frame.Frame.Type == RpcType.Event);

        TestContext.Current.TestOutputHelper?.WriteLine($"""
            {Rounds} kills: {answered} calls answered, {lost} lost and reported as lost, the longest took {victims.Ledger.Longest.Duration.TotalMilliseconds:0} ms.
            Ready again at most {longestReturn.TotalMilliseconds:0} ms after the daemon answered; the longest delay between attempts is 400 ms.
            {neighbours.Ledger.Begun + others.Ledger.Begun} calls answered by the two neighbours, none lost. A call there, with all callers at work:
            {calm[0]} and {calm[1]} before the first kill,
            {during[0]} and {during[1]} while daemons were killed.
            """);
    }

    private static Task<Latencies[]> MeasureAsync(IEnumerable<Hypervisor> hypervisors, Task end) =>
        Task.WhenAll(hypervisors.Select(hypervisor => Latencies.MeasureAsync(hypervisor, end)));
}
