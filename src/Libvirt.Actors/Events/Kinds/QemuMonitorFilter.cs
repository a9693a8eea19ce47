namespace Libvirt.Events;

/// <summary>Which of QEMU's monitor events the daemon is asked for.</summary>
/// <param name="Event">The name to match; null for every event.</param>
/// <param name="Flags">How the name is matched: literally, without regard to case, or as a regular expression.</param>
public sealed record QemuMonitorFilter(
    string? Event = null, ConnectDomainQemuMonitorEventRegisterFlags Flags = default);
