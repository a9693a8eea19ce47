using System.Runtime.CompilerServices;
using Actors;
using Libvirt.Connection;

namespace Libvirt.Events;

/// <summary>
/// The events of one hypervisor. Each kind is registered at the daemon once, however many subscribe, and again on every new connection before the state
/// turns <see cref="HypervisorState.Ready"/>; each subscriber is told of the gap in between.
/// </summary>
public sealed class HypervisorEvents
{
    private readonly IActorRef<IHypervisorMessage> _hypervisor;

    internal HypervisorEvents(IActorRef<IHypervisorMessage> hypervisor)
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
        IActorRef<IEventHubMessage> hub = await HubAsync(cancellationToken).ConfigureAwait(false);
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
        IActorRef<IEventHubMessage> hub = await HubAsync(cancellationToken).ConfigureAwait(false);
        EventSubscription<LibvirtEvent> subscription = new(kind, options ?? EventSubscriptionOptions.Default, hub);
        await SubscribeAsync(hub, subscription, cancellationToken).ConfigureAwait(false);
        return subscription;
    }

    /// <summary>
    /// Subscribes an actor: each notice is mapped to the actor's own message and told. Its mailbox is the queue; what it refuses is counted and told
    /// as <see cref="EventNotice{TEvent}.Dropped"/>. The subscription ends with the actor, or when the returned object is disposed.
    /// </summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="subscriber">The actor; of the same actor system.</param>
    /// <param name="map">Makes the actor's message. Runs on a thread of the runtime: keep it short. An exception from it is logged and ends the subscription.</param>
    /// <param name="options">The domain; queue settings have no meaning here.</param>
    /// <param name="cancellationToken">Gives the subscription up while it is being made.</param>
    /// <exception cref="ArgumentException">The actor is none of an engine that the runtime's own can watch.</exception>
    /// <inheritdoc cref="SubscribeAsync{TEvent}(EventKind{TEvent}, EventSubscriptionOptions?, CancellationToken)" path="/exception"/>
    public async ValueTask<IAsyncDisposable> SubscribeAsync<TEvent, TMessage>(
        EventKind<TEvent> kind,
        IActorRef<TMessage> subscriber,
        Func<EventNotice<TEvent>, TMessage> map,
        EventSubscriptionOptions? options = null,
        CancellationToken cancellationToken = default)
        where TEvent : LibvirtEvent
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(map);
        IActorRef<IEventHubMessage> hub = await HubAsync(cancellationToken).ConfigureAwait(false);
        ActorSubscription<TEvent, TMessage> subscription = new(kind, options ?? EventSubscriptionOptions.Default, subscriber, map, hub);
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

    private static async ValueTask SubscribeAsync(
        IActorRef<IEventHubMessage> hub, IEventSubscriber subscriber, CancellationToken cancellationToken)
    {
        try
        {
            await hub.AskAsync<IEventHubMessage, bool>(reply => new Subscribe(subscriber, reply), Timeout.InfiniteTimeSpan, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AskFailedException error)
        {
            throw new LibvirtConnectionLostException("The subscription was not made: the hypervisor was closed.", sent: false, error, isForGood: true);
        }
        catch
        {
            await hub.TellWhenRoomAsync(new Unsubscribe(subscriber)).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<IActorRef<IEventHubMessage>> HubAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _hypervisor.AskAsync<IHypervisorMessage, IActorRef<IEventHubMessage>>(
                static reply => new GetEventHub(reply), Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
        catch (AskFailedException error)
        {
            throw new LibvirtConnectionLostException("The subscription was not made: the hypervisor was closed.", sent: false, error, isForGood: true);
        }
    }
}
