using Libvirt.Protocol.Qemu;

namespace Libvirt.Events;

/// <summary>QEMU monitor events behind one filter. Two kinds with equal filters share one registration.</summary>
public sealed class QemuMonitorEventKind : EventKind<QemuMonitorEvent>
{
    private static readonly WireEvent Monitor = WireEvent.Of(QemuEvents.DomainMonitorEvent, static m => m.CallbackId, static m => Map(m));

    internal QemuMonitorEventKind(QemuMonitorFilter filter)
        : base(EventFamily.QemuMonitor, 0, "qemu-monitor", Monitor)
    {
        Filter = filter;
    }

    internal override QemuMonitorFilter Filter { get; }

    private static QemuMonitorEvent Map(DomainMonitorEventMsg m) => new(
        m.Dom,
        m.Event,
        WireTime.FromUnix(m.Seconds, m.Micros),
        m.Details);
}
