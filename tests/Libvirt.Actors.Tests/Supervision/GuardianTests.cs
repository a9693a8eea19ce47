using Akka.Actor;
using Akka.TestKit;
using Libvirt.Connections;
using Libvirt.Diagnostics;
using Libvirt.Events;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Events;
using Libvirt.Tests.Scripting;
using Libvirt.Transports;

namespace Libvirt.Tests.Supervision;

/// <summary>The parent of all hypervisors fails: the runtime has ended, and nothing waits for it for ever.</summary>
public sealed class GuardianTests
{
    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_runtime_whose_guardian_fails_as_it_is_created_takes_no_hypervisors_and_can_be_disposed(LifePhase phase)
    {
        await using SupervisionScenario scenario = SupervisionScenario.CreateSystem();
        scenario.Failing.FailNext<LibvirtGuardian>(phase);

        scenario.CreateRuntime();

        await scenario.ConnectAsync().FailsInTimeAsync<ObjectDisposedException>("Connecting");
        await scenario.Kit.SettleAsync();
        Assert.Throws<ObjectDisposedException>(() => scenario.Add());
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_guardian_that_fails_while_it_receives_ends_its_runtime_and_every_hypervisor()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<EventSubscription<DomainLifecycleEvent>> subscribing = scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle).AsTask();
        await scenario.Daemon.RegisterAsync(callbackId: 3);
        await using EventSubscription<DomainLifecycleEvent> subscription = await subscribing.InTimeAsync("The subscription");
        Task changing = scenario.SuspendAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        TestProbe requester = await scenario.SuspendByMessageAsync();
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainSuspend);
        Task<Hypervisor> connecting = scenario.ConnectAsync();
        await scenario.Host.NextAttemptAsync();

        scenario.Runtime.Guardian.Tell(Poison(out WhenReady whenReady));

        await scenario.Kit.ExpectStoppedAsync(scenario.Runtime.Guardian);
        Assert.True((await changing.FailsInTimeAsync<LibvirtConnectionLostException>("The call")).Sent);
        Assert.True((await requester.ExpectOneFailureAsync<LibvirtConnectionLostException>(scenario.Kit)).Sent);
        await whenReady.WaitAsync(CancellationToken.None).FailsInTimeAsync<LibvirtConnectException>("The hypervisor that the guardian failed to create");
        await connecting.FailsInTimeAsync<LibvirtConnectException>("The attempt to connect that was under way");
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = subscription.GetAsyncEnumerator();
        await notices.MoveNextAsync().AsTask().FailsInTimeAsync<LibvirtConnectionLostException>("The subscription");
        foreach (Hypervisor hypervisor in (Hypervisor[])[scenario.Hypervisor, scenario.Neighbour!])
        {
            HypervisorState.Closed closed = Assert.IsType<HypervisorState.Closed>(hypervisor.State);
            Assert.Contains("The guardian of the hypervisors failed", closed.Reason!.Message, StringComparison.Ordinal);
            await hypervisor.DisposeAsync().AsTask().InTimeAsync("Closing a hypervisor");
        }

        Assert.True(scenario.Daemon.Client.IsDisposed);
        await scenario.ConnectAsync().FailsInTimeAsync<ObjectDisposedException>("Connecting afterwards");
        Assert.Throws<ObjectDisposedException>(() => scenario.Runtime.Add("test:///default"));
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_shutdown_that_waits_for_hypervisors_ends_when_the_guardian_fails()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        CloseAllHypervisors request = new();
        scenario.Runtime.Guardian.Tell(request);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose).InTimeAsync("The close call");

        scenario.Runtime.Guardian.Tell(Poison(out _));

        await request.WaitAsync(CancellationToken.None).InTimeAsync("The shutdown");
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_guardian_that_fails_after_its_PostStop_lets_its_runtime_be_disposed()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Failing.FailNext<LibvirtGuardian>(LifePhase.PostStop);

        await scenario.Runtime.DisposeAsync().AsTask().InTimeAsync("Disposing the runtime");

        Assert.Null(Assert.IsType<HypervisorState.Closed>(scenario.Hypervisor.State).Reason);
        Assert.True(scenario.Daemon.Client.IsDisposed);
        await scenario.EndsCleanlyAsync();
    }

    /// <summary>A hypervisor that cannot be created, since no actor can have its name.</summary>
    private static StartHypervisor Poison(out WhenReady whenReady)
    {
        LibvirtUri uri = LibvirtUri.Parse("test:///default");
        HypervisorLink link = new(new HypervisorTelemetry(uri));
        ConnectionSettings settings = new(uri, EndpointResolver.System.Resolve(uri, HypervisorOptions.Default), HypervisorOptions.Default, new ScriptedHost());
        return new StartHypervisor("no/actor's/name", "no actor's name", settings, link, new HypervisorRef(link), whenReady = new WhenReady());
    }
}
