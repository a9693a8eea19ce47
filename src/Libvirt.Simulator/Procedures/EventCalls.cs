using Libvirt.Protocol.Qemu;

namespace Libvirt.Simulator;

/// <summary>Registration for events, in both families of domain events and in those of networks, pools and secrets.</summary>
internal static class EventCalls
{
    /// <summary>Whether a procedure registers or deregisters: that is allowed to clients that may only read.</summary>
    public static bool IsRegistration(Procedure procedure) => procedure.Name.Contains("EVENT", StringComparison.Ordinal);

    public static void Register(ProcedureTableBuilder table)
    {
        table.Serve(RemoteProcedures.ConnectDomainEventRegister, (c, _) =>
        {
            AddLegacy(c, (int)DomainEventId.Lifecycle);
            return new ConnectDomainEventRegisterRet { CbRegistered = 1 };
        });
        table.Serve(RemoteProcedures.ConnectDomainEventDeregister, (c, _) =>
        {
            RemoveLegacy(c, (int)DomainEventId.Lifecycle);
            return new ConnectDomainEventDeregisterRet { CbRegistered = 0 };
        });
        table.Serve(RemoteProcedures.ConnectDomainEventRegisterAny, (c, a) => AddLegacy(c, a.EventId));
        table.Serve(RemoteProcedures.ConnectDomainEventDeregisterAny, (c, a) => RemoveLegacy(c, a.EventId));
        table.Serve(RemoteProcedures.ConnectDomainEventCallbackRegisterAny, (c, a) => new ConnectDomainEventCallbackRegisterAnyRet
        {
            CallbackId = Add(c, EventFamily.Domain, a.EventId, Enum.IsDefined((DomainEventId)a.EventId), a.Dom?.Uuid),
        });
        table.Serve(RemoteProcedures.ConnectDomainEventCallbackDeregisterAny, (c, a) => Remove(c, EventFamily.Domain, a.CallbackId));
        table.Serve(RemoteProcedures.ConnectNetworkEventRegisterAny, (c, a) => new ConnectNetworkEventRegisterAnyRet
        {
            CallbackId = Add(c, EventFamily.Network, a.EventId, Enum.IsDefined((NetworkEventId)a.EventId), a.Net?.Uuid),
        });
        table.Serve(RemoteProcedures.ConnectNetworkEventDeregisterAny, (c, a) => Remove(c, EventFamily.Network, a.CallbackId));
        table.Serve(RemoteProcedures.ConnectStoragePoolEventRegisterAny, (c, a) => new ConnectStoragePoolEventRegisterAnyRet
        {
            CallbackId = Add(c, EventFamily.StoragePool, a.EventId, Enum.IsDefined((StoragePoolEventId)a.EventId), a.Pool?.Uuid),
        });
        table.Serve(RemoteProcedures.ConnectStoragePoolEventDeregisterAny, (c, a) => Remove(c, EventFamily.StoragePool, a.CallbackId));
        table.Serve(RemoteProcedures.ConnectSecretEventRegisterAny, (c, a) => new ConnectSecretEventRegisterAnyRet
        {
            CallbackId = Add(c, EventFamily.Secret, a.EventId, Enum.IsDefined((SecretEventId)a.EventId), a.Secret?.Uuid),
        });
        table.Serve(RemoteProcedures.ConnectSecretEventDeregisterAny, (c, a) => Remove(c, EventFamily.Secret, a.CallbackId));
        table.Serve(QemuProcedures.ConnectDomainMonitorEventRegister, (c, a) => new ConnectDomainMonitorEventRegisterRet
        {
            CallbackId = c.Session.Events.Add(new MonitorRegistration(a.Dom?.Uuid, a.Event, (ConnectDomainQemuMonitorEventRegisterFlags)a.Flags)),
        });
        table.Serve(QemuProcedures.ConnectDomainMonitorEventDeregister, (c, a) =>
        {
            if (!c.Session.Events.RemoveMonitor(a.CallbackId))
                throw NotRegistered("qemu monitor event", a.CallbackId);
        });
    }

    private static int Add(CallContext context, EventFamily family, int eventId, bool isKnown, Guid? filter) => isKnown
        ? context.Session.Events.Add(family, eventId, filter)
        : throw new SimulatedFailureException(ErrorNumber.InternalError, ErrorDomain.Rpc, $"unsupported event ID {eventId}");

    private static void Remove(CallContext context, EventFamily family, int callbackId)
    {
        if (!context.Session.Events.Remove(family, callbackId))
            throw NotRegistered("domain event", callbackId);
    }

    private static void AddLegacy(CallContext context, int eventId)
    {
        if (!context.Session.Events.AddLegacy(eventId))
            throw new SimulatedFailureException(ErrorNumber.InternalError, ErrorDomain.Rpc, $"domain event {eventId} already registered");
    }

    private static void RemoveLegacy(CallContext context, int eventId)
    {
        if (!context.Session.Events.RemoveLegacy(eventId))
            throw NotRegistered("domain event", eventId);
    }

    private static SimulatedFailureException NotRegistered(string what, int id) =>
        new(ErrorNumber.InternalError, ErrorDomain.Rpc, $"{what} callback {id} not registered");
}
