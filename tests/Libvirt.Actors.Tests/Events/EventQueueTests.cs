using Libvirt.Events;

namespace Libvirt.Tests.Events;

public sealed class EventQueueTests
{
    [Fact]
    public void A_subscriber_that_sleeps_through_many_gaps_keeps_few_and_knows_the_time_of_all()
    {
        EventQueue<DomainLifecycleEvent> queue = new(DomainEvents.Lifecycle, new EventSubscriptionOptions { QueueCapacity = 2 });
        DateTimeOffset start = DateTimeOffset.UnixEpoch;

        for (int i = 0; i < 1000; i++)
            queue.Write(EventNotice<DomainLifecycleEvent>.Of(new EventGap(start.AddSeconds(i), start.AddSeconds(i + 0.5), null)));

        List<EventGap> gaps = [];
        while (queue.TryRead(out EventNotice<DomainLifecycleEvent> notice, out _))
            gaps.Add(notice.Gap!);
        Assert.InRange(gaps.Count, 1, 5);
        Assert.Equal(start, gaps[0].From);
        Assert.Equal(start.AddSeconds(999.5), gaps[^1].To);
    }

    [Fact]
    public void A_subscriber_that_would_rather_end_than_miss_events_ends_when_nothing_fits_any_more()
    {
        EventQueue<DomainLifecycleEvent> queue = new(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { QueueCapacity = 1, Overflow = EventOverflow.Fail });
        EventGap gap = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1), null);

        for (int i = 0; i < 3; i++)
            queue.Write(EventNotice<DomainLifecycleEvent>.Of(gap));

        Assert.True(queue.TryRead(out _, out _));
        Assert.True(queue.TryRead(out _, out _));
        Assert.Throws<EventOverflowException>(() => queue.TryRead(out _, out _));
    }
}
