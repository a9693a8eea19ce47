using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Diagnostics;

namespace Libvirt.Events;

// The listing that differences are taken from, for those who asked for them.
internal sealed partial class EventHub
{
    private readonly List<DomainLifecycleEvent> _duringListing = [];
    private readonly List<Subscribe> _awaitingListing = [];
    private DomainListing? _listing;
    private bool _isListing;
    private bool _isListingStale;

    /// <summary>
    /// Answers a subscriber that its events come from now on; one that wants differences only when there is a listing to take them from, so that a gap
    /// in the very next moment is no exception.
    /// </summary>
    private void Welcome(Subscribe subscribe)
    {
        if (WantsDifferences(subscribe.Subscriber) && (_listing is null || _isListingStale))
            _awaitingListing.Add(subscribe);
        else
            subscribe.TryReply(true);
    }

    private static bool WantsDifferences(IEventSubscriber subscriber) => subscriber.Kind == DomainEvents.Lifecycle && subscriber.Options.Synthesise;

    private void RefuseThoseAwaitingListing(Exception error)
    {
        foreach (Subscribe subscribe in _awaitingListing)
            subscribe.TryFail(error);
        _awaitingListing.Clear();
    }

    private void TakeListingWhereWanted(EventRegistration registration)
    {
        bool wanted = _subscribers.Any(pair => pair.Value == registration && WantsDifferences(pair.Key));
        if (!wanted || _isListing || _registrar is not { } registrar || (_listing is not null && !_isListingStale))
            return;
        _isListing = true;
        _ = TakeListingAsync(Self, registrar, _connection!);
    }

    private async Task TakeListingAsync(IActorRef self, EventRegistrar registrar, ConnectionHandle connection)
    {
        DomainListing? listing = null;
        try
        {
            listing = await DomainListing.TakeAsync(registrar).ConfigureAwait(false);
        }
        catch (LibvirtException error)
        {
            EventLog.NoListing(_log, error.Message);
        }

        self.Tell(new ListingTaken(connection, listing), ActorRefs.NoSender);
    }

    private void Compare(ListingTaken taken)
    {
        // One that the connection's end cut short is taken anew on the next.
        if (taken.Connection != _connection || taken.Connection.HasEnded)
            return;
        _isListing = false;
        if (taken.Listing is { } listing)
            Compare(listing);
        foreach (Subscribe subscribe in _awaitingListing)
            subscribe.TryReply(true);
        _awaitingListing.Clear();
    }

    private void Compare(DomainListing now)
    {
        if (_listing is { } before && _isListingStale && _registrations.TryGetValue(new RegistrationKey(DomainEvents.Lifecycle), out EventRegistration? lifecycle))
        {
            foreach (DomainLifecycleEvent difference in before.DifferencesTo(now))
                _topics!.Deliver(new Delivery(lifecycle, difference, IsSynthesised: true));
        }

        _listing = now;
        _isListingStale = false;
        foreach (DomainLifecycleEvent happened in _duringListing)
            now.Follow(happened);
        _duringListing.Clear();
        EventLog.Listed(_log, now.Domains.Count);
    }

    /// <summary>Keeps the listing true: the old one until differences have been taken from it, and the one that is being taken.</summary>
    private void Follow(DomainLifecycleEvent happened)
    {
        _listing?.Follow(happened);
        if (_isListing)
            _duringListing.Add(happened);
    }

    private void DetachListing()
    {
        _isListing = false;
        _isListingStale = _listing is not null;
        _duringListing.Clear();
    }
}
