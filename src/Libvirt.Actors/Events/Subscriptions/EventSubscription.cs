using Akka.Actor;

namespace Libvirt.Events;

/// <summary>
/// A subscription to one kind of event, with a queue of its own. Read it with <c>await foreach</c>, one reader at a time; dispose it to end it. It
/// lives across reconnects and ends with the hypervisor.
/// </summary>
/// <typeparam name="TEvent">The kind's type.</typeparam>
public sealed class EventSubscription<TEvent> : IAsyncEnumerable<EventNotice<TEvent>>, IAsyncDisposable, IEventSubscriber
    where TEvent : LibvirtEvent
{
    private readonly EventQueue<TEvent> _queue;
    private readonly IActorRef _hub;
    private int _disposed;

    internal EventSubscription(EventKind kind, EventSubscriptionOptions options, IActorRef hub)
    {
        Kind = kind;
        Options = options;
        _queue = new EventQueue<TEvent>(kind, options);
        _hub = hub;
    }

    /// <summary>What it is subscribed to.</summary>
    public EventKind Kind { get; }

    /// <summary>How it was subscribed.</summary>
    public EventSubscriptionOptions Options { get; }

    IActorRef? IEventSubscriber.Owner => null;

    /// <summary>How many events its queue has dropped in all.</summary>
    public long TotalDropped => _queue.TotalDropped;

    /// <summary>
    /// The events as they come. Ends when the subscription is disposed or the hypervisor closed in order.
    /// </summary>
    /// <exception cref="EventOverflowException">The queue was full and the subscription was to end then.</exception>
    /// <exception cref="LibvirtConnectionLostException">The hypervisor closed because of an error.</exception>
    /// <exception cref="LibvirtRemoteException">The daemon refused to register the kind again after a reconnect.</exception>
    public async IAsyncEnumerator<EventNotice<TEvent>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static q => ((EventQueue<TEvent>)q!).Wake(), _queue);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_queue.TryRead(out EventNotice<TEvent> notice, out bool ended))
                yield return notice;
            else if (ended)
                yield break;
            else
                await _queue.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the subscription. The last one of its kind has the daemon told, in the background.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _queue.End(null);
            _hub.Tell(new Unsubscribe(this), ActorRefs.NoSender);
        }

        return default;
    }

    void IEventSubscriber.Deliver(LibvirtEvent happened, bool isSynthesised) =>
        _queue.Write(EventNotice<TEvent>.Of((TEvent)happened, isSynthesised));

    void IEventSubscriber.Deliver(EventGap gap) => _queue.Write(EventNotice<TEvent>.Of(gap));

    void IEventSubscriber.DeliverLost(long count) => _queue.Write(EventNotice<TEvent>.OfDropped(count));

    void IEventSubscriber.End(Exception? error) => _queue.End(error);
}
