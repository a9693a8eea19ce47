namespace Libvirt.Simulator;

/// <summary>What can happen to a guest, with both forms in which clients hear of it.</summary>
internal static class DomainNotices
{
    public static Notice Lifecycle(SimulatedDomain domain, DomainEventType type, int detail)
    {
        DomainEventLifecycleMsg body = new() { Dom = domain.Wire, Event = (int)type, Detail = detail };
        return Of(domain, DomainEventId.Lifecycle, id => new(RemoteEvents.DomainEventCallbackLifecycle, new DomainEventCallbackLifecycleMsg { CallbackId = id, Msg = body }),
            () => new(RemoteEvents.DomainEventLifecycle, body));
    }

    public static Notice Reboot(SimulatedDomain domain)
    {
        DomainEventRebootMsg body = new() { Dom = domain.Wire };
        return Of(domain, DomainEventId.Reboot, id => new(RemoteEvents.DomainEventCallbackReboot, new DomainEventCallbackRebootMsg { CallbackId = id, Msg = body }),
            () => new(RemoteEvents.DomainEventReboot, body));
    }

    public static Notice BalloonChange(SimulatedDomain domain, ulong actualKiB)
    {
        DomainEventBalloonChangeMsg body = new() { Dom = domain.Wire, Actual = actualKiB };
        return Of(domain, DomainEventId.BalloonChange,
            id => new(RemoteEvents.DomainEventCallbackBalloonChange, new DomainEventCallbackBalloonChangeMsg { CallbackId = id, Msg = body }),
            () => new(RemoteEvents.DomainEventBalloonChange, body));
    }

    public static Notice DeviceRemoved(SimulatedDomain domain, string alias)
    {
        DomainEventDeviceRemovedMsg body = new() { Dom = domain.Wire, DevAlias = alias };
        return Of(domain, DomainEventId.DeviceRemoved,
            id => new(RemoteEvents.DomainEventCallbackDeviceRemoved, new DomainEventCallbackDeviceRemovedMsg { CallbackId = id, Msg = body }),
            () => new(RemoteEvents.DomainEventDeviceRemoved, body));
    }

    public static Notice DeviceAdded(SimulatedDomain domain, string alias) => Of(domain, DomainEventId.DeviceAdded,
        id => new(RemoteEvents.DomainEventCallbackDeviceAdded, new DomainEventCallbackDeviceAddedMsg { CallbackId = id, Dom = domain.Wire, DevAlias = alias }));

    public static Notice AgentLifecycle(SimulatedDomain domain, ConnectDomainEventAgentLifecycleState state) => Of(domain, DomainEventId.AgentLifecycle,
        id => new(RemoteEvents.DomainEventCallbackAgentLifecycle, new DomainEventCallbackAgentLifecycleMsg
        {
            CallbackId = id,
            Dom = domain.Wire,
            State = (int)state,
            Reason = (int)ConnectDomainEventAgentLifecycleReason.DomainStarted,
        }));

    public static Notice MetadataChange(SimulatedDomain domain, DomainMetadataType type, string? uri) => Of(domain, DomainEventId.MetadataChange,
        id => new(RemoteEvents.DomainEventCallbackMetadataChange, new DomainEventCallbackMetadataChangeMsg
        {
            CallbackId = id,
            Dom = domain.Wire,
            Type = (int)type,
            NamespaceUri = uri,
        }));

    public static Notice JobCompleted(SimulatedDomain domain, RemoteTypedParam[] statistics) => Of(domain, DomainEventId.JobCompleted,
        id => new(RemoteEvents.DomainEventCallbackJobCompleted, new DomainEventCallbackJobCompletedMsg { CallbackId = id, Dom = domain.Wire, Params = statistics }));

    private static Notice Of(SimulatedDomain domain, DomainEventId id, Func<int, EventMessage> withCallback, Func<EventMessage>? legacy = null) =>
        new(EventFamily.Domain, (int)id, domain.Uuid, withCallback, legacy);
}
