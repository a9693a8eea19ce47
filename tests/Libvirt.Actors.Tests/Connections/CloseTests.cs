using Libvirt.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;
using Akka.Event;

namespace Libvirt.Tests.Connections;

public sealed class CloseTests
{
    [Fact]
    public async Task An_orderly_close_lets_calls_end_says_goodbye_and_closes_the_socket()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { MaxInFlight = 2 });

        Task<ulong> onTheWire = scenario.AskVersionAsync();
        Task<ulong> queued = scenario.AskVersionAsync();
        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Kit.SettleAsync();
        LibvirtConnectionLostException refused = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.AskVersionAsync());
        await scenario.AnswerVersionAsync(1);
        await scenario.AnswerVersionAsync(2);
        SentFrame goodbye = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose);
        Assert.False(closing.IsCompleted);
        await scenario.Daemon.ReplyAsync(goodbye, XdrVoid.Value);
        await closing;

        Assert.False(refused.Sent);
        Assert.Equal((1ul, 2ul), (await onTheWire, await queued));
        Assert.Null(await scenario.Daemon.NextFrameAsync());
        Assert.Null(Assert.IsType<HypervisorState.Closed>(scenario.Hypervisor.State).Reason);
    }

    [Fact]
    public async Task A_close_does_not_wait_for_a_daemon_that_hangs_longer_than_its_limit()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { CloseTimeout = TimeSpan.FromSeconds(3) });

        Task<ulong> stuck = scenario.AskVersionAsync();
        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(3.1));
        await closing;

        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => stuck);
        Assert.True(lost.Sent);
        Assert.Null(lost.InnerException);
        Assert.True(scenario.Daemon.Client.IsDisposed);
    }

    [Fact]
    public async Task A_daemon_that_hangs_up_instead_of_saying_goodbye_is_no_cause_for_a_warning()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose);
        scenario.Daemon.Close();
        await closing;

        Assert.Null(Assert.IsType<HypervisorState.Closed>(scenario.Hypervisor.State).Reason);
        Assert.DoesNotContain(scenario.Kit.Logs.Records, record => record.Level >= LogLevel.WarningLevel);
    }

    [Fact]
    public async Task Closing_twice_is_closing_once()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { CloseTimeout = TimeSpan.FromSeconds(1) });

        Task first = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);
        await first;
        await scenario.Hypervisor.DisposeAsync();

        Assert.Equal(1, ActorTree.CountLivingActors(scenario.Kit.System));
    }

    [Fact]
    public async Task A_runtime_that_ends_fails_every_call_and_leaves_no_actor()
    {
        ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.Runtime.DisposeAsync();

        Assert.Null((await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => asked)).InnerException);
        Assert.Equal(0, ActorTree.CountLivingActors(scenario.Kit.System));
        Assert.True(scenario.Daemon.Client.IsDisposed);
        await scenario.Kit.DisposeAsync();
    }
}
