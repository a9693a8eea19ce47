using Akka.Actor;
using System.Runtime.CompilerServices;

namespace Libvirt.Events;

/// <summary>
/// The events of one hypervisor. Each kind is registered at the daemon once, however many subscribe, and again on every new connection before the state
/// turns <see cref="HypervisorState.Ready"/>; each subscriber is told of the gap in between.
/// </summary>
public sealed partial class HypervisorEvents
{
    private readonly HypervisorRef _hypervisor;

    internal HypervisorEvents(HypervisorRef hypervisor)
    {
        _hypervisor = hypervisor;
    }

    /// <summary>Subscribes to a kind of event. Completes when the daemon sends it, so that nothing after that is missed.</summary>
    /// <param name="kind">Which kind, such as <see cref="DomainEvents.Lifecycle"/>.</param>
    /// <param name="options">The domain, the queue and what happens when it is full; the defaults when null.</param>
    /// <param name="cancellationToken">Gives the subscription up while it is being made.</param>
    /// <returns>The subscription. Dispose it to end it.</returns>
    /// <exception cref="LibvirtRemoteException">The daemon refuses the kind, for instance because its driver has no such events.</exception>
    /// <exception cref="LibvirtEventNotSupportedException">The daemon is older than the kind.</exception>
    /// <exception cref="LibvirtConnectionLostException">The hypervisor closed meanwhile.</exception>
    public async ValueTask<EventSubscription<TEvent>> SubscribeAsync<TEvent>(
        EventKind<TEvent> kind, EventSubscriptionOptions? options = null, CancellationToken cancellationToken = default)
        where TEvent : LibvirtEvent
    {
        ArgumentNullException.ThrowIfNull(kind);
        IActorRef hub = await HubAsync(cancellationToken).ConfigureAwait(false);
        EventSubscription<TEvent> subscription = new(kind, options ?? EventSubscriptionOptions.Default, hub);
        await SubscribeAsync(hub, subscription, cancellationToken).ConfigureAwait(false);
        return subscription;
    }

    /// <summary>Subscribes to a kind whose type is not known when the program is written, such as one of <see cref="EventCatalog.All"/>.</summary>
    /// <inheritdoc cref="SubscribeAsync{TEvent}(EventKind{TEvent}, EventSubscriptionOptions?, CancellationToken)"/>
    public async ValueTask<EventSubscription<LibvirtEvent>> SubscribeAnyAsync(
        EventKind kind, EventSubscriptionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        IActorRef hub = await HubAsync(cancellationToken).ConfigureAwait(false);
        EventSubscription<LibvirtEvent> subscription = new(kind, options ?? EventSubscriptionOptions.Default, hub);
        await SubscribeAsync(hub, subscription, cancellationToken).ConfigureAwait(false);
        return subscription;
    }

    /// <summary>
    /// Subscribes an actor: it is told each notice. While more than <see cref="EventSubscriptionOptions.QueueCapacity"/> messages wait in its mailbox, events are
    /// dropped and counted, and it is told the count as <see cref="EventNotice{TEvent}.Dropped"/> before the next event. The subscription ends with the actor,
    /// or when the returned object is disposed.
    /// </summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="subscriber">The actor. Only the mailbox of an actor in this process can be watched for overflow.</param>
    /// <param name="map">
    /// Makes the actor's own message of the notice; null to tell the <see cref="EventNotice{TEvent}"/> itself. Runs on a thread of the runtime: keep it short.
    /// An exception from it is logged and ends the subscription.
    /// </param>
    /// <param name="options">The domain and the capacity; <see cref="EventSubscriptionOptions.Overflow"/> has no meaning here.</param>
    /// <param name="cancellationToken">Gives the subscription up while it is being made.</param>
    /// <inheritdoc cref="SubscribeAsync{TEvent}(EventKind{TEvent}, EventSubscriptionOptions?, CancellationToken)" path="/exception"/>
    public async ValueTask<IAsyncDisposable> SubscribeAsync<TEvent>(
        EventKind<TEvent> kind,
        IActorRef subscriber,
        Func<EventNotice<TEvent>, object>? map = null,
        EventSubscriptionOptions? options = null,
        CancellationToken cancellationToken = default)
        where TEvent : LibvirtEvent
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(subscriber);
        IActorRef hub = await HubAsync(cancellationToken).ConfigureAwait(false);
        ActorSubscription<TEvent> subscription = new(
            kind, options ?? EventSubscriptionOptions.Default, subscriber, map ?? (static notice => notice), hub);
        await SubscribeAsync(hub, subscription, cancellationToken).ConfigureAwait(false);
        return subscription;
    }

    /// <summary>Subscribes when the reading begins and unsubscribes when it ends.</summary>
    /// <inheritdoc cref="SubscribeAsync{TEvent}(EventKind{TEvent}, EventSubscriptionOptions?, CancellationToken)"/>
    public async IAsyncEnumerable<EventNotice<TEvent>> WatchAsync<TEvent>(
        EventKind<TEvent> kind, EventSubscriptionOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TEvent : LibvirtEvent
    {
        EventSubscription<TEvent> subscription = await SubscribeAsync(kind, options, cancellationToken).ConfigureAwait(false);
        try
        {
            await foreach (EventNotice<TEvent> notice in subscription.WithCancellation(cancellationToken).ConfigureAwait(false))
                yield return notice;
        }
        finally
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The lifecycle of one domain, or of all when <paramref name="domain"/> is null.</summary>
    /// <inheritdoc cref="WatchAsync{TEvent}(EventKind{TEvent}, EventSubscriptionOptions?, CancellationToken)"/>
    public IAsyncEnumerable<EventNotice<DomainLifecycleEvent>> Lifecycle(Guid? domain = null, CancellationToken cancellationToken = default) =>
        WatchAsync(DomainEvents.Lifecycle, new EventSubscriptionOptions { Domain = domain }, cancellationToken);

    private static async Task SubscribeAsync(IActorRef hub, IEventSubscriber subscriber, CancellationToken cancellationToken)
    {
        Subscribe request = new(subscriber);
        hub.Tell(request, ActorRefs.NoSender);
        try
        {
            await request.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            hub.Tell(new Unsubscribe(subscriber), ActorRefs.NoSender);
            throw;
        }
    }

    private Task<IActorRef> HubAsync(CancellationToken cancellationToken)
    {
        GetEventHub request = new();
        _hypervisor.Tell(request);
        return request.WaitAsync(cancellationToken);
    }
}
