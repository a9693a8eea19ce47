using System.Runtime.CompilerServices;
using Akka.Streams.Dsl;
using Libvirt.Streams;

namespace Libvirt.Events;

public sealed partial class HypervisorEvents
{
    /// <summary>
    /// A kind of event as a source. Each materialisation is a subscription of its own, made when the graph starts. Events that wait for demand are kept in its queue
    /// as <paramref name="options"/> states; a dropped one is counted in the next <see cref="EventNotice{TEvent}.Dropped"/>, and a time without a connection is told
    /// as <see cref="EventNotice{TEvent}.Gap"/>.
    /// </summary>
    /// <param name="kind">Which kind, such as <see cref="DomainEvents.Lifecycle"/>.</param>
    /// <param name="options">The domain, the queue and what happens when it is full; the defaults when null.</param>
    /// <returns>
    /// The source. It outlives reconnects and completes when the hypervisor closes in order; else it fails as <see cref="EventSubscription{TEvent}"/> does. Cancelling
    /// it ends the subscription.
    /// </returns>
    public Source<EventNotice<TEvent>, SubscriptionControl> Source<TEvent>(EventKind<TEvent> kind, EventSubscriptionOptions? options = null)
        where TEvent : LibvirtEvent
    {
        ArgumentNullException.ThrowIfNull(kind);
        return Akka.Streams.Dsl.Source.FromGraph(new ReadingStage<EventNotice<TEvent>, SubscriptionControl>(
            "libvirt-events", static () => new SubscriptionControl(), (control, token) => ReadAsync(kind, options, control, token), ReadingBegin.AtOnce));
    }

    private async IAsyncEnumerable<EventNotice<TEvent>> ReadAsync<TEvent>(
        EventKind<TEvent> kind, EventSubscriptionOptions? options, SubscriptionControl control, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TEvent : LibvirtEvent
    {
        EventSubscription<TEvent> subscription = await SubscribeAsync(kind, options, cancellationToken).ConfigureAwait(false);
        try
        {
            control.Began();
            await foreach (EventNotice<TEvent> notice in subscription.WithCancellation(cancellationToken).ConfigureAwait(false))
                yield return notice;
        }
        finally
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }
}
