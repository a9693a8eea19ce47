using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Libvirt.Messages;
using Libvirt.Protocol.Remote;
using Libvirt.TestKit;

namespace Libvirt.Tests.Messages;

/// <summary>Hypervisors by name, by messages to the guardian.</summary>
public sealed class GuardianMessageTests
{
    [Fact]
    public async Task An_added_hypervisor_is_answered_with_its_actor_and_connects()
    {
        await using LibvirtScenario scenario = new();
        scenario.AddHost("hv1");
        TestProbe requester = scenario.Kit.CreateProbe();

        scenario.Runtime.Guardian.Tell(new AddHypervisor("Alpha", "qemu+tcp://hv1/system") { CorrelationId = 7 }, requester.Ref);

        HypervisorAdded added = await requester.ExpectMsgAsync<HypervisorAdded>();
        Assert.Equal(("Alpha", 7), (added.Name, added.CorrelationId));
        Assert.Equal("/user/libvirt/Alpha", added.Hypervisor.Path.ToStringWithoutAddress());
        added.Hypervisor.Tell(RemoteProcedures.ConnectGetHostname.Call(), requester.Ref);
        Assert.Equal("hv1", (await requester.ExpectMsgAsync<CallReply<ConnectGetHostnameRet>>()).Result.Hostname);
    }

    [Fact]
    public async Task Settings_of_an_added_hypervisor_are_applied_to_the_defaults_of_the_runtime()
    {
        await using LibvirtScenario scenario = new();
        scenario.AddHost("hv1");
        TestProbe requester = scenario.Kit.CreateProbe();

        scenario.Runtime.Guardian.Tell(new AddHypervisor("hv1", "qemu+tcp://hv1/system", "ready-timeout = 3s, reconnect-backoff.max = 9s"), requester.Ref);

        await requester.ExpectMsgAsync<HypervisorAdded>();
        Assert.True(scenario.Runtime.Directory.TryGet("HV1", out Hypervisor? hypervisor));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9)), (hypervisor.Options.ReadyTimeout, hypervisor.Options.ReconnectBackoff.Max));
    }

    [Theory]
    [InlineData("taken", "qemu+tcp://hv1/system", null, typeof(ArgumentException), "already")]
    [InlineData("", "qemu+tcp://hv1/system", null, typeof(ArgumentException), "empty")]
    [InlineData("other", "qemu+nonsense://hv1/system", null, typeof(LibvirtConnectException), "nonsense")]
    [InlineData("other", "qemu+tcp://hv1/system", "max-in-fligth = 9", typeof(ConfigurationException), "settings.max-in-fligth")]
    [InlineData("other", "qemu+tcp://hv1/system", "max-in-flight = ${nothing}", typeof(ConfigurationException), "HOCON")]
    public async Task A_hypervisor_that_cannot_be_added_is_a_failure_and_leaves_nothing_behind(string name, string uri, string? settings, Type type, string text)
    {
        await using LibvirtScenario scenario = new();
        scenario.AddHost("hv1");
        scenario.Runtime.Add("taken", "qemu+tcp://hv1/system");
        TestProbe requester = scenario.Kit.CreateProbe();

        scenario.Runtime.Guardian.Tell(new AddHypervisor(name, uri, settings) { CorrelationId = "add" }, requester.Ref);

        Status.Failure failure = await requester.ExpectMsgAsync<Status.Failure>();
        Assert.Equal("add", failure.State);
        Assert.IsAssignableFrom(type, failure.Cause);
        Assert.Contains(text, failure.Cause.Message, StringComparison.Ordinal);
        scenario.Runtime.Guardian.Tell(new ListHypervisors(), requester.Ref);
        Assert.Equal("taken", Assert.Single((await requester.ExpectMsgAsync<HypervisorList>()).Hypervisors).Name);
    }

    [Fact]
    public async Task Hypervisors_are_listed_in_the_order_of_their_names_with_those_that_have_closed_by_themselves()
    {
        await using LibvirtScenario scenario = new();
        scenario.AddHost("hv1");
        scenario.AddHost("hv2").CrashDaemon();
        TestProbe requester = scenario.Kit.CreateProbe();
        Hypervisor closed = scenario.Runtime.Add("b", "qemu+tcp://hv2/system", HypervisorOptions.Default with { Reconnect = false });
        scenario.Runtime.Add("a", "qemu+tcp://hv1/system");
        await using Hypervisor unnamed = scenario.Runtime.Add("qemu+tcp://hv1/system");
        await scenario.UntilAsync(() => closed.State is HypervisorState.Closed);

        scenario.Runtime.Guardian.Tell(new ListHypervisors { CorrelationId = 1 }, requester.Ref);

        HypervisorList list = await requester.ExpectMsgAsync<HypervisorList>();
        Assert.Equal(["a: ready", "b: closed", "qemu-hv1-1: ready"], list.Hypervisors.Select(static entry => $"{entry.Name}: {entry.State.ToString().Split(':')[0]}"));
        Assert.Equal(1, list.CorrelationId);
        Assert.Equal(await unnamed.Actor, list.Hypervisors[2].Hypervisor);
    }

    [Fact]
    public async Task A_removed_hypervisor_has_closed_when_the_reply_comes_and_its_name_is_free_at_once()
    {
        await using LibvirtScenario scenario = new();
        scenario.AddHost("hv1");
        TestProbe requester = scenario.Kit.CreateProbe();
        Hypervisor hypervisor = scenario.Runtime.Add("hv1", "qemu+tcp://hv1/system");
        await scenario.UntilAsync(() => hypervisor.State is HypervisorState.Ready);

        scenario.Runtime.Guardian.Tell(new RemoveHypervisor("HV1") { CorrelationId = "gone" }, requester.Ref);

        Assert.Equal(new HypervisorRemoved("HV1", "gone"), await requester.ExpectMsgAsync<HypervisorRemoved>());
        Assert.IsType<HypervisorState.Closed>(hypervisor.State);
        scenario.Runtime.Guardian.Tell(new AddHypervisor("hv1", "qemu+tcp://hv1/system"), requester.Ref);
        await requester.ExpectMsgAsync<HypervisorAdded>();
    }

    [Fact]
    public async Task A_hypervisor_without_a_name_is_removed_by_the_name_of_its_actor()
    {
        await using LibvirtScenario scenario = new();
        TestProbe requester = scenario.Kit.CreateProbe();
        Hypervisor hypervisor = await scenario.ConnectAsync(scenario.AddHost("hv1"));

        scenario.Runtime.Guardian.Tell(new RemoveHypervisor("qemu-hv1-1"), requester.Ref);

        await requester.ExpectMsgAsync<HypervisorRemoved>();
        Assert.IsType<HypervisorState.Closed>(hypervisor.State);
    }

    [Fact]
    public async Task An_unknown_name_is_a_failure_that_names_the_hypervisors_there_are()
    {
        await using LibvirtScenario scenario = new();
        scenario.AddHost("hv1");
        scenario.Runtime.Add("hv1", "qemu+tcp://hv1/system");
        TestProbe requester = scenario.Kit.CreateProbe();
        object[] requests =
        [
            new GetHypervisor("hv2") { CorrelationId = 5 },
            new RemoveHypervisor("hv2") { CorrelationId = 5 },
            new SubscribeHypervisorState("hv2") { CorrelationId = 5 },
            new HypervisorEnvelope("hv2", RemoteProcedures.ConnectGetHostname.Call(correlationId: 5)),
        ];

        foreach (object request in requests)
        {
            scenario.Runtime.Guardian.Tell(request, requester.Ref);
            Status.Failure failure = await requester.ExpectMsgAsync<Status.Failure>();
            Assert.Equal("There is no hypervisor 'hv2'; there are: hv1.", Assert.IsType<KeyNotFoundException>(failure.Cause).Message);
            Assert.Equal(5, failure.State);
        }
    }

    [Fact]
    public async Task An_envelope_is_forwarded_and_the_hypervisor_replies_to_its_sender()
    {
        await using LibvirtScenario scenario = new();
        scenario.AddHost("hv1");
        TestProbe requester = scenario.Kit.CreateProbe();
        Hypervisor hypervisor = scenario.Runtime.Add("hv1", "qemu+tcp://hv1/system");

        scenario.Runtime.Guardian.Tell(new HypervisorEnvelope("hv1", RemoteProcedures.ConnectGetHostname.Call(correlationId: "name")), requester.Ref);

        CallReply<ConnectGetHostnameRet> reply = await requester.ExpectMsgAsync<CallReply<ConnectGetHostnameRet>>();
        Assert.Equal(("hv1", "name"), (reply.Result.Hostname, reply.CorrelationId));
        Assert.Equal(await hypervisor.Actor, requester.LastSender);
    }

    [Fact]
    public async Task A_message_that_lacks_its_parts_fails_and_the_guardian_continues()
    {
        await using LibvirtScenario scenario = new();
        TestProbe requester = scenario.Kit.CreateProbe();

        foreach (object request in new object[] { new HypervisorEnvelope(null!, "x"), new HypervisorEnvelope("x", null!), new GetHypervisor(null!), new AddHypervisor(null!, null!) })
        {
            scenario.Runtime.Guardian.Tell(request, requester.Ref);
            Assert.IsAssignableFrom<ArgumentException>((await requester.ExpectMsgAsync<Status.Failure>()).Cause);
        }

        await scenario.Kit.ExpectAliveAsync(scenario.Runtime.Guardian);
    }

    [Fact]
    public async Task A_request_to_a_runtime_that_has_ended_is_a_failure()
    {
        await using LibvirtScenario scenario = new();
        TestProbe requester = scenario.Kit.CreateProbe();
        await scenario.Runtime.DisposeAsync();

        scenario.Runtime.Guardian.Tell(new ListHypervisors { CorrelationId = "late" }, requester.Ref);

        Status.Failure failure = await requester.ExpectMsgAsync<Status.Failure>();
        Assert.IsType<ObjectDisposedException>(failure.Cause);
        Assert.Equal("late", failure.State);
    }
}
