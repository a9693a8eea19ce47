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
            DomainEventType.Defined => Enum.GetName((DomainEventDefinedDetailType)happened.Detail),
            DomainEventType.Undefined => Enum.GetName((DomainEventUndefinedDetailType)happened.Detail),
            DomainEventType.Started => Enum.GetName((DomainEventStartedDetailType)happened.Detail),
            DomainEventType.Suspended => Enum.GetName((DomainEventSuspendedDetailType)happened.Detail),
            DomainEventType.Resumed => Enum.GetName((DomainEventResumedDetailType)happened.Detail),
            DomainEventType.Stopped => Enum.GetName((DomainEventStoppedDetailType)happened.Detail),
            DomainEventType.Shutdown => Enum.GetName((DomainEventShutdownDetailType)happened.Detail),
            DomainEventType.PMSuspended => Enum.GetName((DomainEventPMSuspendedDetailType)happened.Detail),
            DomainEventType.Crashed => Enum.GetName((DomainEventCrashedDetailType)happened.Detail),
            _ => null,
        };
        return word ?? $"{happened.Detail}";
    }
}
