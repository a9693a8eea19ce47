using System.Diagnostics.Metrics;

namespace Libvirt.Diagnostics;

/// <summary>What is told of events: how many reached a subscriber's queue, and how many were dropped because it was full.</summary>
internal static class EventTelemetry
{
    private static readonly Counter<long> DeliveredEvents = LibvirtTelemetry.Meter.CreateCounter<long>(
        "libvirt.events.delivered", "{event}", "Events put into a subscriber's queue.");

    private static readonly Counter<long> DroppedEvents = LibvirtTelemetry.Meter.CreateCounter<long>(
        "libvirt.events.dropped", "{event}", "Events that a subscriber lost because its queue was full.");

    public static void Delivered()
    {
        if (DeliveredEvents.Enabled)
            Guarded.Run(static () => DeliveredEvents.Add(1));
    }

    public static void Dropped()
    {
        if (DroppedEvents.Enabled)
            Guarded.Run(static () => DroppedEvents.Add(1));
    }
}
