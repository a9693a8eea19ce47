namespace Libvirt.Simulator;

/// <summary>What can happen to networks, pools and secrets.</summary>
internal static class ObjectNotices
{
    public static Notice Lifecycle(SimulatedNetwork network, NetworkEventLifecycleType type) =>
        new(EventFamily.Network, (int)NetworkEventId.Lifecycle, network.Uuid,
            id => new(RemoteEvents.NetworkEventLifecycle, new NetworkEventLifecycleMsg { CallbackId = id, Net = network.Wire, Event = (int)type, Detail = 0 }), null);

    public static Notice Lifecycle(SimulatedStoragePool pool, StoragePoolEventLifecycleType type) =>
        new(EventFamily.StoragePool, (int)StoragePoolEventId.Lifecycle, pool.Uuid,
            id => new(RemoteEvents.StoragePoolEventLifecycle, new StoragePoolEventLifecycleMsg { CallbackId = id, Pool = pool.Wire, Event = (int)type, Detail = 0 }), null);

    public static Notice Refreshed(SimulatedStoragePool pool) =>
        new(EventFamily.StoragePool, (int)StoragePoolEventId.Refresh, pool.Uuid,
            id => new(RemoteEvents.StoragePoolEventRefresh, new StoragePoolEventRefreshMsg { CallbackId = id, Pool = pool.Wire }), null);

    public static Notice Lifecycle(SimulatedSecret secret, SecretEventLifecycleType type) =>
        new(EventFamily.Secret, (int)SecretEventId.Lifecycle, secret.Uuid,
            id => new(RemoteEvents.SecretEventLifecycle, new SecretEventLifecycleMsg { CallbackId = id, Secret = secret.Wire, Event = (int)type, Detail = 0 }), null);

    public static Notice ValueChanged(SimulatedSecret secret) =>
        new(EventFamily.Secret, (int)SecretEventId.ValueChanged, secret.Uuid,
            id => new(RemoteEvents.SecretEventValueChanged, new SecretEventValueChangedMsg { CallbackId = id, Secret = secret.Wire }), null);
}
