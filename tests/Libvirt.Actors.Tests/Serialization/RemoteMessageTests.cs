using Akka.Actor;
using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Serialization;

namespace Libvirt.Tests.Serialization;

/// <summary>Every message through Akka.Remote, there and back.</summary>
public sealed class RemoteMessageTests
{
    [Fact]
    public async Task Every_message_arrives_at_another_node_as_it_was_sent()
    {
        await using TwoNodes nodes = new();
        nodes.Owner.ActorOf(Props.Create(static () => new Echo()), "echo");
        IActorRef echo = await nodes.FindAsync("user/echo");
        LibvirtSerializer serializer = SerializerOf(nodes.Client);
        MessageText text = new();
        HashSet<string> manifests = [];

        foreach (ILibvirtMessage message in SampleMessages.All(echo))
        {
            object reply = await echo.Ask<object>(message, TwoNodes.Limit, TestContext.Current.CancellationToken);

            Assert.NotSame(message, reply);
            Assert.Equal(text.Of(message), text.Of(reply));
            manifests.Add(serializer.Manifest(message));
        }

        Assert.Equal(serializer.Manifests.Where(static manifest => manifest != "failure/1").Order(StringComparer.Ordinal), manifests.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(PublicRecords(), type => !text.Types.Contains(type) && !type.IsAssignableTo(typeof(INoSerializationVerificationNeeded)));
    }

    [Fact]
    public async Task Every_exception_arrives_in_a_failure_as_it_was_thrown()
    {
        await using TwoNodes nodes = new();
        nodes.Owner.ActorOf(Props.Create(static () => new Echo()), "echo");
        IActorRef echo = await nodes.FindAsync("user/echo");
        RemoteMailbox mailbox = new(nodes.Client);
        MessageText text = new();

        foreach (Exception error in SampleMessages.Exceptions)
        {
            echo.Tell(new Status.Failure(error, "state"), mailbox.Ref);

            Status.Failure failure = await mailbox.NextAsync<Status.Failure>();
            Assert.Equal("state", failure.State);
            Assert.Equal(text.Of(error), text.Of(failure.Cause));
            if (error is LibvirtException { IsTransient: var isTransient, HelpLink: var help })
                Assert.Equal((isTransient, help), (((LibvirtException)failure.Cause).IsTransient, failure.Cause.HelpLink));
        }
    }

    [Fact]
    public void Every_type_of_event_has_a_kind_of_its_type()
    {
        IEnumerable<Type> kinds = EventCatalog.All.Select(static kind => TypeOf(kind.GetType()));

        Assert.Equal(kinds.Distinct().Select(static type => type.Name).Order(), SampleMessages.EventsOfAllTypes().Select(static happened => happened.GetType().Name).Order());
    }

    private static LibvirtSerializer SerializerOf(ActorSystem system) =>
        Assert.IsType<LibvirtSerializer>(system.Serialization.FindSerializerForType(typeof(ListHypervisors)));

    private static Type TypeOf(Type kind) => kind.IsGenericType ? kind.GetGenericArguments()[0] : TypeOf(kind.BaseType!);

    private static IEnumerable<Type> PublicRecords() => typeof(ILibvirtMessage).Assembly.GetExportedTypes()
        .Where(static type => type.Namespace == typeof(ILibvirtMessage).Namespace && !type.IsAbstract && !type.IsInterface);

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
