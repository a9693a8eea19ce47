using Akka.Actor;
using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Libvirt.TestKit;

namespace Libvirt.Tests.Serialization;

/// <summary>A node without hypervisors uses those of another one, through Akka.Remote.</summary>
public sealed class RemoteUseTests
{
    [Fact]
    public async Task Another_node_adds_calls_batches_subscribes_and_removes()
    {
        await using HypervisorSimulator simulator = new();
        await using TwoNodes nodes = new();
        SimulatedHost host = simulator.AddHost("hv1");
        host.Domains.Define("vm1", 64, 1, running: false);
        RemoteMailbox client = new(nodes.Client);
        IActorRef guardian = await nodes.FindAsync("user/libvirt");

        guardian.Tell(new SubscribeHypervisorState(), client.Ref);
        Assert.Empty((await client.NextAsync<CurrentHypervisorStates>()).Hypervisors);
        guardian.Tell(new AddHypervisor("hv1", UriOf(simulator, host)), client.Ref);
        IActorRef hypervisor = await ReadyAsync(client);

        hypervisor.Tell(RemoteProcedures.ConnectGetHostname.Call(correlationId: "name"), client.Ref);
        Assert.Equal("hv1", (await client.NextAsync<CallReply<ConnectGetHostnameRet>>()).Result.Hostname);
        DomainLookupByNameArgs nobody = new() { Name = "nobody" };
        guardian.Tell(
            new HypervisorEnvelope("hv1", new LibvirtBatch(RemoteProcedures.ConnectGetHostname.Call(), RemoteProcedures.DomainLookupByName.Call(nobody))), client.Ref);
        BatchReply batch = await client.NextAsync<BatchReply>();
        Assert.Equal("hv1", batch.Outcomes[0].Get<ConnectGetHostnameRet>().Hostname);
        Assert.Equal(ErrorNumber.NoDomain, Assert.IsType<LibvirtRemoteException>(batch.Outcomes[1].Error).Code);
        hypervisor.Tell(RemoteProcedures.DomainLookupByName.Call(nobody, correlationId: 4), client.Ref);
        Status.Failure failure = await client.NextAsync<Status.Failure>();
        Assert.Equal((ErrorNumber.NoDomain, 4), (Assert.IsType<LibvirtRemoteException>(failure.Cause).Code, failure.State));

        hypervisor.Tell(DomainEvents.Lifecycle.Subscribe(acknowledgement: new EventAcknowledgement("init", "ack", "complete")), client.Ref);
        Assert.Equal("init", await client.NextAsync<string>());
        client.LastSender.Tell("ack", client.Ref);
        host.Domains["vm1"].Start();
        EventNotice<DomainLifecycleEvent> notice = (await client.NextAsync<EventEnvelope<DomainLifecycleEvent>>()).Notice;
        Assert.Equal((DomainEventType.Started, "vm1"), (notice.Event!.Event, notice.Event.Domain.Name));
        client.LastSender.Tell("ack", client.Ref);

        guardian.Tell(new RemoveHypervisor("hv1"), client.Ref);
        HashSet<string> last = [await LastAsync(client), await LastAsync(client), await LastAsync(client)];
        Assert.Equal(["complete", "HypervisorRemoved", "HypervisorStateChanged"], last.OrderBy(static name => name.Length));
        hypervisor.Tell(RemoteProcedures.ConnectGetHostname.Call(correlationId: "late"), client.Ref);
        Status.Failure late = await client.NextAsync<Status.Failure>();
        Assert.Equal("late", late.State);
        Assert.False(Assert.IsType<LibvirtConnectionLostException>(late.Cause).IsTransient);
    }

    [Fact]
    public async Task A_node_that_is_killed_gives_its_calls_and_subscriptions_up()
    {
        await using HypervisorSimulator simulator = new();
        await using TwoNodes nodes = new();
        SimulatedHost host = simulator.AddHost("hv1");
        simulator.Script.When(RemoteProcedures.ConnectGetCapabilities).NeverReply();
        RemoteMailbox client = new(nodes.Client);
        IActorRef guardian = await nodes.FindAsync("user/libvirt");
        guardian.Tell(new SubscribeHypervisorState(), client.Ref);
        await client.NextAsync<CurrentHypervisorStates>();
        guardian.Tell(new AddHypervisor("hv1", UriOf(simulator, host)), client.Ref);
        IActorRef hypervisor = await ReadyAsync(client);
        hypervisor.Tell(DomainEvents.Lifecycle.Subscribe(), client.Ref);
        await client.NextAsync<SubscribeEventsAck>();
        hypervisor.Tell(RemoteProcedures.ConnectGetCapabilities.Call(), client.Ref);
        hypervisor.Tell(new LibvirtBatch(RemoteProcedures.ConnectGetCapabilities.Call()), client.Ref);
        await UntilAsync(() => Owned(nodes).Count(static name => name.StartsWith("call-", StringComparison.Ordinal)) == 2);
        Assert.Equal(1, host.ListeningClients);

        await nodes.KillClientAsync().WaitAsync(TwoNodes.Limit);

        await UntilAsync(() => !Owned(nodes).Any(static name => name.Split('-')[0] is "call" or "batch" or "subscription"));
        await UntilAsync(() => host.ListeningClients == 0);
    }

    private static string UriOf(HypervisorSimulator simulator, SimulatedHost host) => simulator.ListenTcp(0, host).Uri();

    private static IEnumerable<string> Owned(TwoNodes nodes) => ActorTree.Below(nodes.Owner).Select(static actor => actor.Path.Name);

    private static async Task<IActorRef> ReadyAsync(RemoteMailbox client)
    {
        IActorRef? added = null;
        bool ready = false;
        while (added is null || !ready)
        {
            object message = await client.NextAsync<object>();
            added = (message as HypervisorAdded)?.Hypervisor ?? added;
            ready |= message is HypervisorStateChanged { State: HypervisorState.Ready };
        }

        return added;
    }

    private static async Task<string> LastAsync(RemoteMailbox client) => await client.NextAsync<object>() switch
    {
        string text => text,
        object message => message.GetType().Name,
    };

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(TwoNodes.Limit);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (!condition())
            await timer.WaitForNextTickAsync(limit.Token);
    }
}
