using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Which domains there were at a time, and in which of three conditions.</summary>
/// <param name="Domains">By UUID.</param>
internal sealed record DomainListing(Dictionary<Guid, (RemoteDomain Domain, DomainCondition Condition)> Domains)
{
    /// <summary>Asks for the domains of each condition in turn; one that changes meanwhile shows in its later condition.</summary>
    public static async Task<DomainListing> TakeAsync(EventRegistrar daemon)
    {
        DomainListing listing = new([]);
        await listing.AddAsync(daemon, ConnectListAllDomainsFlags.Inactive, DomainCondition.Off).ConfigureAwait(false);
        await listing.AddAsync(daemon, ConnectListAllDomainsFlags.Active, DomainCondition.Running).ConfigureAwait(false);
        await listing.AddAsync(daemon, ConnectListAllDomainsFlags.Paused, DomainCondition.Paused).ConfigureAwait(false);
        return listing;
    }

    /// <summary>Follows an event, so that the listing stays true without being taken again.</summary>
    public void Follow(DomainLifecycleEvent happened)
    {
        RemoteDomain domain = happened.Domain;
        DomainCondition? condition = happened.Event switch
        {
            DomainEventType.Started or DomainEventType.Resumed => DomainCondition.Running,
            DomainEventType.Suspended => DomainCondition.Paused,
            DomainEventType.Stopped or DomainEventType.Crashed => DomainCondition.Off,
            DomainEventType.Defined => Domains.TryGetValue(domain.Uuid, out var known) ? known.Condition : DomainCondition.Off,
            _ => null,
        };
        if (happened.Event == DomainEventType.Undefined && Domains.TryGetValue(domain.Uuid, out var gone) && gone.Condition == DomainCondition.Off)
            Domains.Remove(domain.Uuid);
        else if (condition is { } now)
            Domains[domain.Uuid] = (domain, now);
    }

    /// <summary>What must have happened, at the least, between this listing and a later one.</summary>
    public IEnumerable<DomainLifecycleEvent> DifferencesTo(DomainListing later)
    {
        foreach ((Guid uuid, (RemoteDomain domain, DomainCondition condition)) in Domains)
        {
            if (later.Domains.ContainsKey(uuid))
                continue;
            if (condition != DomainCondition.Off)
                yield return new DomainLifecycleEvent(domain, DomainEventType.Stopped, 0);
            yield return new DomainLifecycleEvent(domain with { Id = -1 }, DomainEventType.Undefined, 0);
        }

        foreach ((Guid uuid, (RemoteDomain domain, DomainCondition condition)) in later.Domains)
        {
            bool known = Domains.TryGetValue(uuid, out var before);
            if (!known)
                yield return new DomainLifecycleEvent(domain, DomainEventType.Defined, 0);
            foreach (DomainEventType step in Steps(known ? before.Condition : DomainCondition.Off, condition))
                yield return new DomainLifecycleEvent(domain, step, 0);
        }
    }

    private static DomainEventType[] Steps(DomainCondition from, DomainCondition to) => (from, to) switch
    {
        (DomainCondition.Off, DomainCondition.Running) => [DomainEventType.Started],
        (DomainCondition.Off, DomainCondition.Paused) => [DomainEventType.Started, DomainEventType.Suspended],
        (DomainCondition.Running, DomainCondition.Paused) => [DomainEventType.Suspended],
        (DomainCondition.Paused, DomainCondition.Running) => [DomainEventType.Resumed],
        (DomainCondition.Running or DomainCondition.Paused, DomainCondition.Off) => [DomainEventType.Stopped],
        _ => [],
    };

    private async Task AddAsync(EventRegistrar daemon, ConnectListAllDomainsFlags flags, DomainCondition condition)
    {
        ConnectListAllDomainsArgs args = new() { NeedResults = 1, Flags = (uint)flags };
        ConnectListAllDomainsRet found = await daemon.CallAsync(RemoteProcedures.ConnectListAllDomains, args).ConfigureAwait(false);
        foreach (RemoteDomain domain in found.Domains)
            Domains[domain.Uuid] = (domain, condition);
    }
}
