namespace Libvirt.Simulator;

/// <summary>An event of a guest's QEMU monitor.</summary>
/// <param name="Domain">The guest.</param>
/// <param name="Event">The event's name, such as <c>STOP</c>.</param>
/// <param name="Details">Its data as JSON; null for none.</param>
/// <param name="Time">When it happened.</param>
internal sealed record MonitorNotice(RemoteDomain Domain, string Event, string? Details, DateTimeOffset Time);
