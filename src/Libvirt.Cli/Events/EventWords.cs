using System.Text.Json.Nodes;
using Libvirt.Events;

namespace Libvirt.Cli.Events;

/// <summary>What an event says, in words that virsh's users know.</summary>
internal static class EventWords
{
    public static string Describe(LibvirtEvent happened) => happened switch
    {
        DomainLifecycleEvent lifecycle => $"{Name(lifecycle.Event)} {Detail(lifecycle)}".TrimEnd(),
        QemuMonitorEvent monitor => $"{monitor.Event} {monitor.Details}".TrimEnd(),
        _ => string.Join(' ', Details(happened).Select(field => $"{field.Key}={field.Value}")),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Details(LibvirtEvent happened) =>
        EventJson.Fields(happened).Where(field => field.Key != "domain");

    private static string Name(DomainEventType type) => Enum.IsDefined(type) ? type.ToString() : $"{(int)type}";

    private static string Detail(DomainLifecycleEvent happened)
    {
        string? word = happened.Event switch
        {
            DomainEventType.Defined => Word((DomainEventDefinedDetailType)happened.Detail),
            DomainEventType.Undefined => Word((DomainEventUndefinedDetailType)happened.Detail),
            DomainEventType.Started => Word((DomainEventStartedDetailType)happened.Detail),
            DomainEventType.Suspended => Word((DomainEventSuspendedDetailType)happened.Detail),
            DomainEventType.Resumed => Word((DomainEventResumedDetailType)happened.Detail),
            DomainEventType.Stopped => Word((DomainEventStoppedDetailType)happened.Detail),
            DomainEventType.Shutdown => Word((DomainEventShutdownDetailType)happened.Detail),
            DomainEventType.PMSuspended => Word((DomainEventPMSuspendedDetailType)happened.Detail),
            DomainEventType.Crashed => Word((DomainEventCrashedDetailType)happened.Detail),
            _ => null,
        };
        return word ?? $"{happened.Detail}";
    }

    private static string? Word<TDetail>(TDetail detail)
        where TDetail : struct, Enum => detail switch
        {
            DomainEventShutdownDetailType.Guest => "Finished after guest request",
            DomainEventShutdownDetailType.Host => "Finished after host request",
            DomainEventStartedDetailType.Wakeup => "Event wakeup",
            DomainEventSuspendedDetailType.IOError => "I/O Error",
            DomainEventSuspendedDetailType.ApiError => "API error",
            DomainEventSuspendedDetailType.PostCopy or DomainEventResumedDetailType.PostCopy => "Post-copy",
            DomainEventSuspendedDetailType.PostCopyFailed or DomainEventResumedDetailType.PostCopyFailed => "Post-copy Error",
            DomainEventCrashedDetailType.CrashLoaded => "Crashloaded",
            _ => Enum.GetName(detail) is "FromSnapshot" ? "Snapshot" : Enum.GetName(detail),
        };
}
