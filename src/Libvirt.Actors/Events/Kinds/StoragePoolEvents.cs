using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Every kind of event about storage pools.</summary>
public static class StoragePoolEvents
{
    /// <summary>See <see cref="StoragePoolLifecycleEvent"/>. Serves <c>VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE</c>.</summary>
    public static EventKind<StoragePoolLifecycleEvent> Lifecycle { get; } = new(
        EventFamily.StoragePool, (int)StoragePoolEventId.Lifecycle, "lifecycle",
        WireEvent.Of(
            RemoteEvents.StoragePoolEventLifecycle, static m => m.CallbackId,
            static m => new StoragePoolLifecycleEvent(m.Pool, (StoragePoolEventLifecycleType)m.Event)));

    /// <summary>See <see cref="StoragePoolRefreshEvent"/>. Serves <c>VIR_STORAGE_POOL_EVENT_ID_REFRESH</c>.</summary>
    public static EventKind<StoragePoolRefreshEvent> Refresh { get; } = new(
        EventFamily.StoragePool, (int)StoragePoolEventId.Refresh, "refresh",
        WireEvent.Of(RemoteEvents.StoragePoolEventRefresh, static m => m.CallbackId, static m => new StoragePoolRefreshEvent(m.Pool)));
}
