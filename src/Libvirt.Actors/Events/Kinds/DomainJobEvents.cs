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
