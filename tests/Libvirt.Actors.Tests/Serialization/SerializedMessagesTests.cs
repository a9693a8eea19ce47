using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Libvirt.TestKit;

namespace Libvirt.Tests.Serialization;

/// <summary>The whole runtime while the actor system writes and reads every local message (<c>akka.actor.serialize-messages = on</c>).</summary>
public sealed class SerializedMessagesTests
{
    [Fact]
    public async Task Everything_works_while_every_message_is_serialised()
    {
        Config config = ConfigurationFactory.ParseString("akka.actor.serialize-messages = on");
        await using LibvirtScenario scenario = new(new LibvirtScenarioOptions { Kit = new VirtualActorSystemOptions { Config = config } });
        SimulatedHost host = scenario.AddHost("hv1");
        host.Domains.Define("vm1", 64, 1, running: false);
        TestProbe actor = scenario.Kit.CreateProbe();
        IActorRef guardian = scenario.Runtime.Guardian;

        guardian.Tell(new SubscribeHypervisorState(), actor.Ref);
        await actor.ExpectMsgAsync<CurrentHypervisorStates>();
        guardian.Tell(new AddHypervisor("hv1", LibvirtScenario.UriOf(host), "ready-timeout = 1s"), actor.Ref);
        IActorRef hypervisor = (await actor.FishWithinAsync<HypervisorAdded>(TimeSpan.FromMinutes(1))).Hypervisor;
        await scenario.UntilAsync(() => scenario.Runtime.Directory.All["hv1"].State is HypervisorState.Ready);
        DomainLookupByNameArgs nobody = new() { Name = "nobody" };

        hypervisor.Tell(RemoteProcedures.ConnectGetHostname.Call(correlationId: 1), actor.Ref);
        Assert.Equal("hv1", (await actor.FishWithinAsync<CallReply<ConnectGetHostnameRet>>(TimeSpan.FromMinutes(1))).Result.Hostname);
        hypervisor.Tell(RemoteProcedures.DomainLookupByName.Call(nobody), actor.Ref);
        Assert.Equal(ErrorNumber.NoDomain, Assert.IsType<LibvirtRemoteException>((await actor.ExpectMsgAsync<Status.Failure>()).Cause).Code);
        hypervisor.Tell(new LibvirtBatch(RemoteProcedures.ConnectGetHostname.Call(), RemoteProcedures.DomainLookupByName.Call(nobody)), actor.Ref);
        Assert.Equal([true, false], (await actor.ExpectMsgAsync<BatchReply>()).Outcomes.Select(static outcome => outcome.Succeeded));
        Assert.Equal(2, (await scenario.Runtime.Directory.All["hv1"].ListAllDomainsAsync()).Count + 1);

        hypervisor.Tell(DomainEvents.Lifecycle.Subscribe(), actor.Ref);
        await actor.ExpectMsgAsync<SubscribeEventsAck>();
        TestProbe mapped = scenario.Kit.CreateProbe();
        await scenario.Runtime.Directory.All["hv1"].Events.SubscribeAsync(DomainEvents.Lifecycle, mapped.Ref);
        host.Domains["vm1"].Start();
        Assert.Equal("vm1", (await actor.ExpectMsgAsync<EventEnvelope<DomainLifecycleEvent>>()).Notice.Event?.Domain.Name);
        Assert.Equal("vm1", (await mapped.ExpectMsgAsync<EventNotice<DomainLifecycleEvent>>()).Event?.Domain.Name);

        host.CrashDaemon();
        HypervisorStateChanged lost = await actor.FishWithinAsync<HypervisorStateChanged>(TimeSpan.FromMinutes(1), static change => change.State is HypervisorState.Backoff);
        Assert.NotEmpty(Assert.IsType<HypervisorState.Backoff>(lost.State).Reason.Message);
        host.Recover();
        EventEnvelope<DomainLifecycleEvent> gap = await actor.FishWithinAsync<EventEnvelope<DomainLifecycleEvent>>(TimeSpan.FromMinutes(1));
        Assert.NotNull(gap.Notice.Gap);
        guardian.Tell(new RemoveHypervisor("hv1"), actor.Ref);
        await actor.FishWithinAsync<EventsEnded>(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(scenario.Logs.Records, static record => record.Exception is not null);
    }

    [Fact]
    public async Task Every_exception_survives_in_a_failure_without_Akka_Remote()
    {
        Config config = ConfigurationFactory.ParseString("akka.actor.serialize-messages = on");
        await using LibvirtScenario scenario = new(new LibvirtScenarioOptions { Kit = new VirtualActorSystemOptions { Config = config } });
        TestProbe actor = scenario.Kit.CreateProbe();
        MessageText text = new();

        foreach (Exception error in SampleMessages.Exceptions)
        {
            actor.Ref.Tell(new Status.Failure(error, "state"));

            Status.Failure failure = await actor.ExpectMsgAsync<Status.Failure>();
            Assert.NotSame(error, failure.Cause);
            Assert.Equal(text.Of(error), text.Of(failure.Cause));
        }
    }
}
