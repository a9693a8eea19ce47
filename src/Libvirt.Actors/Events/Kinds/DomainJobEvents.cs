using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>A migration begins to copy the guest's memory once more.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Iteration">How many times it has begun to.</param>
public sealed record DomainMigrationIterationEvent(RemoteDomain Domain, int Iteration) : DomainEvent(Domain);

/// <summary>A background job of the domain has ended.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Parameters">Its statistics, as <c>virDomainGetJobStats</c> gives them.</param>
public sealed record DomainJobCompletedEvent(RemoteDomain Domain, IReadOnlyList<RemoteTypedParam> Parameters) : DomainEvent(Domain);

/// <summary>Tunable settings of the domain changed.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Parameters">The settings that changed, with their new values.</param>
public sealed record DomainTunableEvent(RemoteDomain Domain, IReadOnlyList<RemoteTypedParam> Parameters) : DomainEvent(Domain);

/// <summary>QEMU's monitor reported something. Only <c>qemu</c> drivers have it.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Event">QEMU's name of the event, such as <c>SHUTDOWN</c>.</param>
/// <param name="Time">QEMU's own time of the event; null when it gave none.</param>
/// <param name="Details">The event's data as JSON; null when it has none.</param>
public sealed record QemuMonitorEvent(RemoteDomain Domain, string Event, DateTimeOffset? Time, string? Details) : DomainEvent(Domain);
