using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Every kind of event about virtual networks.</summary>
public static class NetworkEvents
{
    /// <summary>See <see cref="NetworkLifecycleEvent"/>. Serves <c>VIR_NETWORK_EVENT_ID_LIFECYCLE</c>.</summary>
    public static EventKind<NetworkLifecycleEvent> Lifecycle { get; } = new(
        EventFamily.Network, (int)NetworkEventId.Lifecycle, "lifecycle",
        WireEvent.Of(
            RemoteEvents.NetworkEventLifecycle, static m => m.CallbackId,
            static m => new NetworkLifecycleEvent(m.Net, (NetworkEventLifecycleType)m.Event)));

    /// <summary>See <see cref="NetworkMetadataChangeEvent"/>. Serves <c>VIR_NETWORK_EVENT_ID_METADATA_CHANGE</c>.</summary>
    public static EventKind<NetworkMetadataChangeEvent> MetadataChange { get; } = new(
        EventFamily.Network, (int)NetworkEventId.MetadataChange, "metadata-change",
        WireEvent.Of(
            RemoteEvents.NetworkEventCallbackMetadataChange, static m => m.CallbackId,
            static m => new NetworkMetadataChangeEvent(m.Net, (NetworkMetadataType)m.Type, m.NamespaceUri)));
}
