namespace Libvirt.Events;

/// <summary>What a fan-out hands to its subscribers.</summary>
/// <param name="Registration">Whose subscribers; null for all.</param>
/// <param name="Event">An event, or null.</param>
/// <param name="IsSynthesised">Whether the event was found by comparing listings.</param>
/// <param name="Gap">A gap, or null.</param>
/// <param name="Lost">Events that were lost before they could be told apart.</param>
/// <param name="Ends">Whether the subscriptions end.</param>
/// <param name="Error">What they end with, if with anything.</param>
internal readonly record struct Delivery(
    EventRegistration? Registration,
    LibvirtEvent? Event = null,
    bool IsSynthesised = false,
    EventGap? Gap = null,
    long Lost = 0,
    bool Ends = false,
    Exception? Error = null)
{
    public void To(IEventSubscriber subscriber)
    {
        if (Ends)
            subscriber.End(Error);
        else if (Gap is { } gap)
            subscriber.Deliver(gap);
        else if (Lost > 0)
            subscriber.DeliverLost(Lost);
        else if (Event is { } happened && (!IsSynthesised || subscriber.Options.Synthesise))
            subscriber.Deliver(happened, IsSynthesised);
    }
}
