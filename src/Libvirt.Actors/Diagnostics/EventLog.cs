using Libvirt.Events;
using Microsoft.Extensions.Logging;

namespace Libvirt.Diagnostics;

/// <summary>What event hubs log. Event ids 1200 to 1299.</summary>
internal static partial class EventLog
{
    [LoggerMessage(1200, LogLevel.Debug, "Event {Event} with callback id {CallbackId} of domain {Domain} was dropped: nobody is registered for it")]
    public static partial void Dropped(ILogger logger, string @event, int? callbackId, string? domain);

    [LoggerMessage(1201, LogLevel.Warning, "The daemon refused to register {Kind} events: {Reason}")]
    public static partial void Refused(ILogger logger, EventKind kind, string reason);

    [LoggerMessage(1202, LogLevel.Debug, "{Kind} events were not deregistered: {Reason}")]
    public static partial void NotDeregistered(ILogger logger, EventKind kind, string reason);

    [LoggerMessage(1203, LogLevel.Warning, "No listing of domains to compare after the gap: {Reason}")]
    public static partial void NoListing(ILogger logger, string reason);

    [LoggerMessage(1204, LogLevel.Warning, "{Count} events found no room in the hub and were lost; every subscriber is told")]
    public static partial void Lost(ILogger logger, long count);

    [LoggerMessage(1205, LogLevel.Debug, "{Count} domains were listed, to find the differences after a gap")]
    public static partial void Listed(ILogger logger, int count);

    [LoggerMessage(1206, LogLevel.Warning, "A subscription to {Kind} events ended: its own code threw")]
    public static partial void SubscriberFailed(ILogger logger, EventKind kind, Exception error);
}
