using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Every kind of event about the host's devices.</summary>
public static class NodeDeviceEvents
{
    /// <summary>See <see cref="NodeDeviceLifecycleEvent"/>. Serves <c>VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE</c>.</summary>
    public static EventKind<NodeDeviceLifecycleEvent> Lifecycle { get; } = new(
        EventFamily.NodeDevice, (int)NodeDeviceEventId.Lifecycle, "lifecycle",
        WireEvent.Of(
            RemoteEvents.NodeDeviceEventLifecycle, static m => m.CallbackId,
            static m => new NodeDeviceLifecycleEvent(m.Dev, (NodeDeviceEventLifecycleType)m.Event)));

    /// <summary>See <see cref="NodeDeviceUpdateEvent"/>. Serves <c>VIR_NODE_DEVICE_EVENT_ID_UPDATE</c>.</summary>
    public static EventKind<NodeDeviceUpdateEvent> Update { get; } = new(
        EventFamily.NodeDevice, (int)NodeDeviceEventId.Update, "update",
        WireEvent.Of(RemoteEvents.NodeDeviceEventUpdate, static m => m.CallbackId, static m => new NodeDeviceUpdateEvent(m.Dev)));
}
