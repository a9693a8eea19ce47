using Libvirt.TestKit;
using Akka.Actor;
using Akka.TestKit.TestActors;
using Libvirt.Calls;
using Libvirt.Dispatch;
using Libvirt.Connections;
using Libvirt.Events;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;
using Libvirt.Tests.Streams;

namespace Libvirt.Tests.Hypervisors;

/// <summary>What has been closed says so, by an error that nobody takes for one that passes.</summary>
public sealed class ClosedTests
{
    private const string Uri = "test+tcp://localhost/default";

    [Fact]
    public async Task A_call_on_a_closed_hypervisor_fails_for_good()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new ScriptedHost(), ConnectedScenario.Steady with { CloseTimeout = TimeSpan.FromSeconds(1) });
        Task<ulong> under = scenario.AskVersionAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        Task closed = scenario.Hypervisor.DisposeAsync().AsTask();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(3));
        await closed;

        Task[] attempts =
        [
            under,
            scenario.AskVersionAsync(),
            scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask(),
            StreamScenario.Guest(scenario).OpenConsoleAsync().AsTask(),
        ];

        foreach (Task attempt in attempts)
        {
            LibvirtConnectionLostException error = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => attempt);
            Assert.False(error.IsTransient);
            Assert.Contains("the hypervisor was closed", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_connection_that_is_made_again_is_lost_for_the_moment()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new ScriptedHost(), ConnectedScenario.Steady with { RetryReads = false });
        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);

        scenario.Daemon.Close();

        Assert.True((await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => asked)).IsTransient);
    }

    [Fact]
    public async Task A_call_that_comes_too_late_for_a_lost_connection_of_a_stream_does_not_take_the_hypervisor_for_closed()
    {
        await using VirtualActorSystem kit = new();
        UndeliveredMessages.Subscribe(kit.System);
        IActorRef ended = kit.System.ActorOf(Props.Create<BlackHoleActor>());
        kit.System.Stop(ended);
        await kit.ExpectStoppedAsync(ended);
        ConnectionHandle connection = new(successor: null);
        connection.Bind(ended);
        connection.End(new IOException("the cable was cut"));

        ValueTask<ConnectGetLibVersionRet> call = PendingCall<ConnectGetLibVersionRet>.Rent(
            RemoteProcedures.ConnectGetLibVersion, XdrVoid.Value, CallPriority.Normal, Timeout.InfiniteTimeSpan, long.MaxValue)
            .Submit(connection, CancellationToken.None);

        LibvirtConnectionLostException error = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => call.AsTask());
        Assert.True(error.IsTransient);
        Assert.Contains("the cable was cut", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_that_was_disposed_takes_no_hypervisors()
    {
        LibvirtRuntime runtime = LibvirtRuntime.Create();
        await runtime.DisposeAsync();
        await runtime.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => runtime.Add(Uri));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => runtime.ConnectAsync(Uri).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => runtime.ConnectAdminAsync("libvirtd:///system?socket=/no/such/socket").AsTask());
    }

    [Fact]
    public async Task A_hypervisor_that_never_began_is_closed_with_its_runtime()
    {
        LibvirtRuntime runtime = LibvirtRuntime.Create();
        Hypervisor[] hypervisors = [.. Enumerable.Range(0, 50).Select(_ => runtime.Add("test+unix:///default?socket=/no/such/socket"))];

        await runtime.DisposeAsync();

        foreach (Hypervisor hypervisor in hypervisors)
        {
            HypervisorState? last = null;
            await foreach (HypervisorState state in hypervisor.StateChanges.WithCancellation(TestContext.Current.CancellationToken))
                last = state;
            Assert.IsType<HypervisorState.Closed>(last);
        }
    }
}
