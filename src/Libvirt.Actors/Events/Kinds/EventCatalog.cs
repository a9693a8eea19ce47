using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Libvirt.Events;

/// <summary>How an event message is read, and whose callback ids it uses.</summary>
internal sealed record CatalogEntry(EventFamily Family, WireEvent Wire);

/// <summary>Every kind of event, and every message that may carry one.</summary>
public static class EventCatalog
{
    /// <summary>Every kind of event that libvirt has.</summary>
    public static IReadOnlyList<EventKind> All { get; } =
    [
        .. DomainEvents.All,
        NetworkEvents.Lifecycle,
        NetworkEvents.MetadataChange,
        StoragePoolEvents.Lifecycle,
        StoragePoolEvents.Refresh,
        NodeDeviceEvents.Lifecycle,
        NodeDeviceEvents.Update,
        SecretEvents.Lifecycle,
        SecretEvents.ValueChanged,
        ConnectionEvents.Closed,
        QemuMonitorEvents.All,
    ];

    // Behind All, which it is made from.
    private static readonly FrozenDictionary<(uint Program, int Number), CatalogEntry> ByMessage = Messages().ToFrozenDictionary();

    internal static bool TryFind(uint program, int number, [NotNullWhen(true)] out CatalogEntry? entry) =>
        ByMessage.TryGetValue((program, number), out entry);

    private static Dictionary<(uint Program, int Number), CatalogEntry> Messages()
    {
        Dictionary<(uint Program, int Number), CatalogEntry> messages = [];
        foreach (EventKind kind in All)
        {
            foreach (WireEvent wire in new[] { kind.Wire, kind.Legacy }.OfType<WireEvent>())
                messages.Add((wire.Descriptor.Program, wire.Descriptor.Number), new CatalogEntry(kind.Family, wire));
        }

        return messages;
    }
}
