using Akka.TestKit;
using Libvirt.Events;
using Libvirt.TestKit;

namespace Libvirt.Tests.Events;

public sealed class TopicTests
{
    private static readonly EventGap Gap = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1), null);

    [Fact]
    public async Task Events_beyond_the_capacity_of_a_topic_are_counted_and_gaps_are_still_delivered()
    {
        await using VirtualActorSystem kit = new();
        TestProbe actor = kit.CreateProbe();
        Topic topic = new(actor.Ref);
        EventRegistration registration = new(DomainEvents.Lifecycle);
        DomainLifecycleEvent happened = new(EventScenario.Domain(1), DomainEventType.Started, 0);

        for (int i = 0; i < DomainTopic.Capacity + 1; i++)
            topic.Deliver(new Delivery(registration, happened));
        topic.Deliver(new Delivery(null, Lost: 4));
        topic.Deliver(new Delivery(null, Gap: Gap));

        for (int i = 0; i < DomainTopic.Capacity; i++)
            actor.ExpectMsg<DeliverToTopic>().Gate!.Exit();
        Assert.Equal(Gap, actor.ExpectMsg<DeliverToTopic>().Delivery.Gap);
        topic.Deliver(new Delivery(registration, happened));
        Assert.Equal(5, actor.ExpectMsg<DeliverToTopic>().Delivery.Lost);
        Assert.Same(happened, actor.ExpectMsg<DeliverToTopic>().Delivery.Event);
    }
}
