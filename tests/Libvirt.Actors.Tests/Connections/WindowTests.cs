using Libvirt.Connections;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connections;

public sealed class WindowTests
{
    [Fact]
    public async Task Ordinary_calls_leave_one_place_of_the_window_free_and_the_rest_waits_in_order()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { MaxInFlight = 5 });

        Task<ulong>[] calls = [.. Enumerable.Range(0, 10).Select(_ => scenario.AskVersionAsync())];
        Queue<SentFrame> onTheWire = new();
        for (int i = 0; i < 4; i++)
            onTheWire.Enqueue(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion));
        await scenario.Kit.SettleAsync();
        Assert.False(scenario.Daemon.HasUnreadBytes());

        for (int i = 0; i < 10; i++)
        {
            await scenario.Daemon.ReplyAsync(onTheWire.Dequeue(), new ConnectGetLibVersionRet { LibVer = (ulong)i });
            Assert.Equal((ulong)i, await calls[i]);
            if (i < 6)
                onTheWire.Enqueue(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion));
        }
    }

    [Fact]
    public async Task Calls_that_wait_for_no_guest_are_sent_ahead_while_the_daemon_answers_them_at_once()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        Task<ulong>[] calls = [.. Enumerable.Range(0, 100).Select(_ => scenario.AskVersionAsync())];
        for (int i = 0; i < 40; i++)
            await scenario.AnswerVersionAsync((ulong)i);

        Queue<SentFrame> ahead = await TakeAsync(scenario, RemoteProcedures.ConnectGetLibVersion, InFlightWindow.MaxSentAhead);

        // One late answer, and the others have to come before any call leaves.
        scenario.Kit.Time.Advance(InFlightWindow.PromptLimit * 2);
        while (ahead.Count > 4)
            await scenario.Daemon.ReplyAsync(ahead.Dequeue(), new ConnectGetLibVersionRet { LibVer = 7 });
        await Task.WhenAll(calls[..(40 + InFlightWindow.MaxSentAhead - 4)]);
        await scenario.Kit.SettleAsync();
        Assert.False(scenario.Daemon.HasUnreadBytes());

        while (ahead.TryDequeue(out SentFrame? call))
            await scenario.Daemon.ReplyAsync(call, new ConnectGetLibVersionRet { LibVer = 7 });
        for (int i = 40 + InFlightWindow.MaxSentAhead; i < calls.Length; i++)
            await scenario.AnswerVersionAsync(7);
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Calls_that_may_wait_for_a_guest_are_not_however_fast_they_are_answered()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        RemoteDomain domain = new("guest", Guid.Empty, 1);
        Task[] calls = [.. Enumerable.Range(0, 100).Select(_ =>
            scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainGetInfo, new DomainGetInfoArgs { Dom = domain }).AsTask())];
        for (int i = 0; i < 40; i++)
            await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainGetInfo), new DomainGetInfoRet { State = 1, MaxMem = 1, Memory = 1, NrVirtCpu = 1, CpuTime = 1 });

        await TakeAsync(scenario, RemoteProcedures.DomainGetInfo, 4);

        await scenario.Runtime.DisposeAsync();
        foreach (Task call in calls[40..])
            await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => call);
    }

    [Fact]
    public async Task One_call_more_than_the_queue_holds_is_refused_at_once_and_the_others_are_served()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { MaxInFlight = 2, QueueCapacity = 3 });

        Task<ulong> onTheWire = scenario.AskVersionAsync();
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        Task<ulong>[] queued = [.. Enumerable.Range(0, 3).Select(_ => scenario.AskVersionAsync())];
        await scenario.Kit.SettleAsync();
        LibvirtQueueFullException refused = await Assert.ThrowsAsync<LibvirtQueueFullException>(() => scenario.AskVersionAsync());

        Assert.True(refused.IsTransient);
        await scenario.Daemon.ReplyAsync(call, new ConnectGetLibVersionRet { LibVer = 0 });
        await onTheWire;
        for (int i = 0; i < 3; i++)
        {
            await scenario.AnswerVersionAsync((ulong)i);
            Assert.Equal((ulong)i, await queued[i]);
        }
    }

    [Fact]
    public async Task A_daemon_that_does_not_read_blocks_new_calls_but_loses_none()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(
            new HypervisorOptions { MaxInFlight = 5 }, keepAlive: false, daemon: new ScriptedDaemon(clientSendBuffer: 4096));
        string large = new('n', 100_000);

        Task[] calls = [.. Enumerable.Range(0, 8).Select(i =>
            scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainLookupByName, new DomainLookupByNameArgs { Name = large + i }).AsTask())];
        await scenario.Kit.SettleAsync();
        for (int i = 0; i < 8; i++)
        {
            SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainLookupByName);
            Assert.Equal(large + i, call.Read<DomainLookupByNameArgs>().Name);
            await scenario.Daemon.ReplyAsync(call, new DomainLookupByNameRet { Dom = new RemoteDomain("d", Guid.Empty, i) });
        }

        await Task.WhenAll(calls);
    }

    /// <summary>Takes so many calls off the wire; there are no more.</summary>
    private static async Task<Queue<SentFrame>> TakeAsync(ConnectedScenario scenario, Procedure procedure, int count)
    {
        Queue<SentFrame> taken = new();
        await scenario.Kit.SettleAsync();
        while (taken.Count < count)
            taken.Enqueue(await scenario.Daemon.ExpectCallAsync(procedure));
        Assert.False(scenario.Daemon.HasUnreadBytes());
        return taken;
    }
}
