using Actors;
using Libvirt.Events;

namespace Libvirt.Tests.Events;

public sealed class TopicTests
{
    private static readonly EventGap Gap = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1), null);

    [Fact]
    public void What_a_full_mailbox_refuses_is_told_later_and_events_are_counted()
    {
        StubbornTopic actor = new();
        Topic topic = new(actor);
        EventRegistration registration = new(DomainEvents.Lifecycle);
        DomainLifecycleEvent happened = new(EventScenario.Domain(1), DomainEventType.Started, 0);
        RemoveFromTopic removal = new(registration, null!);

        actor.IsFull = true;
        topic.Deliver(new Delivery(registration, happened));
        topic.Deliver(new Delivery(null, Lost: 4));
        topic.Deliver(new Delivery(null, Gap: Gap));
        topic.Tell(removal);
        Assert.Empty(actor.Told);

        actor.IsFull = false;
        topic.Deliver(new Delivery(registration, happened));

        Assert.Collection(
            actor.Told,
            told => Assert.Equal(Gap, Assert.IsType<DeliverToTopic>(told).Delivery.Gap),
            told => Assert.Same(removal, told),
            told => Assert.Equal(5, Assert.IsType<DeliverToTopic>(told).Delivery.Lost),
            told => Assert.Same(happened, Assert.IsType<DeliverToTopic>(told).Delivery.Event));
    }

    private sealed class StubbornTopic : IActorRef<ITopicMessage>
    {
        public bool IsFull { get; set; }

        public List<ITopicMessage> Told { get; } = [];

        public ActorPath Path => throw new NotSupportedException();

        public IActorSystem System => throw new NotSupportedException();

        public TellResult TryTell(ITopicMessage message)
        {
            if (IsFull)
                return TellResult.MailboxFull;
            Told.Add(message);
            return TellResult.Accepted;
        }
    }
}
