using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>QEMU's monitor reported something. Only <c>qemu</c> drivers have it.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Event">QEMU's name of the event, such as <c>SHUTDOWN</c>.</param>
/// <param name="Time">QEMU's own time of the event; null when it gave none.</param>
/// <param name="Details">The event's data as JSON; null when it has none.</param>
public sealed record QemuMonitorEvent(RemoteDomain Domain, string Event, DateTimeOffset? Time, string? Details) : DomainEvent(Domain);
