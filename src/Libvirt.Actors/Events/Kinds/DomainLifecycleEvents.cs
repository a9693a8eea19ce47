using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>A domain was defined, undefined, started, suspended, resumed, stopped, shut down, suspended by its guest, or crashed.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Event">What happened.</param>
/// <param name="Detail">Why, as a number of the detail enum that belongs to <paramref name="Event"/>, such as <see cref="DomainEventStartedDetailType"/>.</param>
public sealed record DomainLifecycleEvent(RemoteDomain Domain, DomainEventType Event, int Detail) : DomainEvent(Domain);

/// <summary>The guest rebooted.</summary>
/// <param name="Domain">The domain.</param>
public sealed record DomainRebootEvent(RemoteDomain Domain) : DomainEvent(Domain);

/// <summary>The guest woke up from its power saving.</summary>
/// <param name="Domain">The domain.</param>
public sealed record DomainPMWakeupEvent(RemoteDomain Domain) : DomainEvent(Domain);

/// <summary>The guest suspended itself to memory.</summary>
/// <param name="Domain">The domain.</param>
public sealed record DomainPMSuspendEvent(RemoteDomain Domain) : DomainEvent(Domain);

/// <summary>The guest suspended itself to disk.</summary>
/// <param name="Domain">The domain.</param>
public sealed record DomainPMSuspendDiskEvent(RemoteDomain Domain) : DomainEvent(Domain);

/// <summary>The hypervisor lost control of the domain, for instance because its monitor broke.</summary>
/// <param name="Domain">The domain.</param>
public sealed record DomainControlErrorEvent(RemoteDomain Domain) : DomainEvent(Domain);

/// <summary>A part of the domain's metadata changed.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Type">Which part.</param>
/// <param name="NamespaceUri">The namespace of an element of one's own; null for title and description.</param>
public sealed record DomainMetadataChangeEvent(RemoteDomain Domain, DomainMetadataType Type, string? NamespaceUri) : DomainEvent(Domain);
