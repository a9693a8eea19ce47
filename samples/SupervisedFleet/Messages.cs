using Libvirt.Events;

namespace SupervisedFleet;

/// <summary>What the fleet is told.</summary>
internal sealed record FleetMessage(string Report);

/// <summary>What a host is told.</summary>
internal abstract record HostMessage
{
    public sealed record DomainNoticed(EventNotice<DomainLifecycleEvent> Notice) : HostMessage;

    public sealed record GuestEnded(Guid Uuid) : HostMessage;
}

/// <summary>What a guest is told.</summary>
internal sealed record GuestMessage(EventNotice<DomainLifecycleEvent> Notice);
