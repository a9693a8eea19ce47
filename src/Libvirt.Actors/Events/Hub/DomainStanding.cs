using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>How a domain stands.</summary>
/// <param name="Domain">Its handle.</param>
/// <param name="Condition">Whether it runs.</param>
/// <param name="IsTransient">Whether it has no definition, and so is gone when it stops.</param>
internal readonly record struct DomainStanding(RemoteDomain Domain, DomainCondition Condition, bool IsTransient);
