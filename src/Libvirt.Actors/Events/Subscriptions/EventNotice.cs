using Libvirt.Messages;

namespace Libvirt.Events;

/// <summary>
/// What a subscriber reads: an event, a gap, or the number of events that its own queue had to drop. Exactly one of the three is set.
/// </summary>
/// <typeparam name="TEvent">The kind's type.</typeparam>
public readonly record struct EventNotice<TEvent> : ILibvirtMessage, IEventNotice
    where TEvent : LibvirtEvent
{
    private EventNotice(TEvent? happened, bool isSynthesised, EventGap? gap, long dropped)
    {
        Event = happened;
        IsSynthesised = isSynthesised;
        Gap = gap;
        Dropped = dropped;
    }

    /// <summary>What happened; null when this notice tells something else.</summary>
    public TEvent? Event { get; }

    /// <summary>
    /// Whether <see cref="Event"/> was not sent by the daemon but found by comparing listings before and after a gap: it happened at some
    /// time within the gap, its detail is 0, and what happened and was undone meanwhile is not told at all.
    /// </summary>
    public bool IsSynthesised { get; }

    /// <summary>A time in which events may have been missed, because there was no connection; null when this notice tells something else.</summary>
    public EventGap? Gap { get; }

    /// <summary>How many events were dropped here because the subscriber read too slowly; 0 when this notice tells something else.</summary>
    public long Dropped { get; }

    Type IEventNotice.EventType => typeof(TEvent);

    LibvirtEvent? IEventNotice.Event => Event;

    internal static EventNotice<TEvent> Of(TEvent happened, bool isSynthesised) => new(happened, isSynthesised, null, 0);

    internal static EventNotice<TEvent> Of(EventGap gap) => new(null, false, gap, 0);

    internal static EventNotice<TEvent> OfDropped(long count) => new(null, false, null, count);
}
