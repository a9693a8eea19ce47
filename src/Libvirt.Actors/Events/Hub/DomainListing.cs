using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Which domains there were at a time, and how each stood.</summary>
/// <param name="Domains">By UUID.</param>
internal sealed record DomainListing(Dictionary<Guid, DomainStanding> Domains)
{
    /// <summary>Asks for the domains of each condition in turn; one that changes meanwhile shows in its later condition.</summary>
    public static async Task<DomainListing> TakeAsync(EventRegistrar daemon)
    {
        DomainListing listing = new([]);
        await listing.AddAsync(daemon, ConnectListAllDomainsFlags.Inactive, DomainCondition.Off).ConfigureAwait(false);
        await listing.AddAsync(daemon, ConnectListAllDomainsFlags.Active, DomainCondition.Running).ConfigureAwait(false);
        await listing.AddAsync(daemon, ConnectListAllDomainsFlags.Paused, DomainCondition.Paused).ConfigureAwait(false);
        foreach (RemoteDomain domain in await ListAsync(daemon, ConnectListAllDomainsFlags.Transient).ConfigureAwait(false))
        {
            if (listing.Domains.TryGetValue(domain.Uuid, out DomainStanding standing))
                listing.Domains[domain.Uuid] = standing with { IsTransient = true };
        }

        return listing;
    }

    /// <summary>Follows an event, so that the listing stays true without being taken again.</summary>
    public void Follow(DomainLifecycleEvent happened)
    {
        RemoteDomain domain = happened.Domain;
        bool known = Domains.TryGetValue(domain.Uuid, out DomainStanding before);
        // A domain that nobody has defined can only have been created without a definition.
        DomainStanding now = known ? before with { Domain = domain } : new DomainStanding(domain, DomainCondition.Off, IsTransient: true);
        now = happened.Event switch
        {
            DomainEventType.Started or DomainEventType.Resumed => now with { Condition = DomainCondition.Running },
            DomainEventType.Suspended => now with { Condition = DomainCondition.Paused },
            DomainEventType.Stopped or DomainEventType.Crashed => now with { Condition = DomainCondition.Off },
            DomainEventType.Defined => now with { IsTransient = false },
            DomainEventType.Undefined => now with { IsTransient = true },
            _ => now,
        };
        if (now is { Condition: DomainCondition.Off, IsTransient: true })
            Domains.Remove(domain.Uuid);
        else
            Domains[domain.Uuid] = now;
    }

    /// <summary>What must have happened, at the least, between this listing and a later one.</summary>
    public IEnumerable<DomainLifecycleEvent> DifferencesTo(DomainListing later)
    {
        foreach ((Guid uuid, DomainStanding before) in Domains)
        {
            if (later.Domains.ContainsKey(uuid))
                continue;
            if (before.Condition != DomainCondition.Off)
                yield return new DomainLifecycleEvent(before.Domain, DomainEventType.Stopped, 0);
            if (!before.IsTransient)
                yield return new DomainLifecycleEvent(before.Domain with { Id = -1 }, DomainEventType.Undefined, 0);
        }

        foreach ((Guid uuid, DomainStanding now) in later.Domains)
        {
            DomainStanding before = Domains.TryGetValue(uuid, out DomainStanding known)
                ? known
                : new DomainStanding(now.Domain, DomainCondition.Off, IsTransient: true);
            if (before.IsTransient && !now.IsTransient)
                yield return new DomainLifecycleEvent(now.Domain, DomainEventType.Defined, 0);
            foreach (DomainEventType step in Steps(before.Condition, now.Condition))
                yield return new DomainLifecycleEvent(now.Domain, step, 0);
            if (!before.IsTransient && now.IsTransient)
                yield return new DomainLifecycleEvent(now.Domain, DomainEventType.Undefined, 0);
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
        foreach (RemoteDomain domain in await ListAsync(daemon, flags).ConfigureAwait(false))
            Domains[domain.Uuid] = new DomainStanding(domain, condition, IsTransient: false);
    }

    private static async Task<IReadOnlyList<RemoteDomain>> ListAsync(EventRegistrar daemon, ConnectListAllDomainsFlags flags)
    {
        ConnectListAllDomainsArgs args = new() { NeedResults = 1, Flags = (uint)flags };
        ConnectListAllDomainsRet found = await daemon.CallAsync(RemoteProcedures.ConnectListAllDomains, args).ConfigureAwait(false);
        return found.Domains;
    }
}
