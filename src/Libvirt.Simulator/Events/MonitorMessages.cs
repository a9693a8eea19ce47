using Libvirt.Protocol.Qemu;

namespace Libvirt.Simulator;

/// <summary>Monitor events on the wire.</summary>
internal static class MonitorMessages
{
    public static EventMessage Compose(MonitorNotice notice, int callbackId) => new(
        QemuEvents.DomainMonitorEvent,
        new DomainMonitorEventMsg
        {
            CallbackId = callbackId,
            Dom = notice.Domain,
            Event = notice.Event,
            Seconds = notice.Time.ToUnixTimeSeconds(),
            Micros = (uint)(notice.Time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond),
            Details = notice.Details,
        });
}
