namespace Libvirt.Events;

/// <summary>Kinds of QEMU monitor events. Serves <c>virConnectDomainQemuMonitorEventRegister</c>.</summary>
public static class QemuMonitorEvents
{
    /// <summary>Every event of every monitor.</summary>
    public static QemuMonitorEventKind All { get; } = new(new QemuMonitorFilter());

    /// <summary>Only events that the filter lets through; the daemon filters.</summary>
    public static QemuMonitorEventKind Matching(QemuMonitorFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new QemuMonitorEventKind(filter);
    }
}
