using Libvirt.Connection;
using Libvirt.Diagnostics;

namespace Libvirt.Events;

// The listing that differences are taken from, for those who asked for them.
internal sealed partial class EventHub
{
    private readonly List<DomainLifecycleEvent> _duringListing = [];
    private DomainListing? _listing;
    private bool _isListing;
    private bool _isListingStale;

    private void TakeListingWhereWanted(EventRegistration registration)
    {
        bool wanted = registration.Kind == DomainEvents.Lifecycle
            && _subscribers.Any(pair => pair.Value == registration && pair.Key.Options.Synthesise);
        if (!wanted || _isListing || _registrar is not { } registrar || (_listing is not null && !_isListingStale))
            return;
        _isListing = true;
        _ = TakeListingAsync(registrar, _connection!);
    }

    private async Task TakeListingAsync(EventRegistrar registrar, ConnectionHandle connection)
    {
        DomainListing? listing = null;
        try
        {
            listing = await DomainListing.TakeAsync(registrar).ConfigureAwait(false);
        }
        catch (LibvirtException error)
        {
            EventLog.NoListing(Context.Log, error.Message);
        }

        await Context.Self.TellWhenRoomAsync(new ListingTaken(connection, listing)).ConfigureAwait(false);
    }

    private void Compare(ListingTaken taken)
    {
        if (taken.Connection != _connection)
            return;
        _isListing = false;
        if (taken.Listing is not { } now)
            return;
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
        EventLog.Listed(Context.Log, now.Domains.Count);
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
