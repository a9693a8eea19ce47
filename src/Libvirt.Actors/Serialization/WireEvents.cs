using System.Collections.Frozen;
using Libvirt.Events;
using Libvirt.Protocol;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;

namespace Libvirt.Serialization;

/// <summary>Events as the message of libvirt's protocol that they were read from, which <see cref="EventCatalog"/> reads again.</summary>
internal static class WireEvents
{
    private static readonly FrozenDictionary<Type, WireEventForm> Forms = new WireEventForm[]
    {
        WireEventForm.Of<DomainLifecycleEvent, DomainEventLifecycleMsg>(RemoteEvents.DomainEventLifecycle, static e => new() { Dom = e.Domain, Event = (int)e.Event, Detail = e.Detail }),
        WireEventForm.Of<DomainRebootEvent, DomainEventRebootMsg>(RemoteEvents.DomainEventReboot, static e => new() { Dom = e.Domain }),
        WireEventForm.Of<DomainRtcChangeEvent, DomainEventRtcChangeMsg>(RemoteEvents.DomainEventRtcChange, static e => new() { Dom = e.Domain, Offset = e.UtcOffset }),
        WireEventForm.Of<DomainWatchdogEvent, DomainEventWatchdogMsg>(RemoteEvents.DomainEventWatchdog, static e => new() { Dom = e.Domain, Action = (int)e.Action }),
        WireEventForm.Of<DomainIOErrorEvent, DomainEventIOErrorMsg>(
            RemoteEvents.DomainEventIOError,
            static e => new() { Dom = e.Domain, SrcPath = e.SourcePath, DevAlias = e.DeviceAlias, Action = (int)e.Action }),
        WireEventForm.Of<DomainGraphicsEvent, DomainEventGraphicsMsg>(
            RemoteEvents.DomainEventGraphics,
            static e => new() { Dom = e.Domain, Phase = (int)e.Phase, Local = e.Local, Remote = e.Remote, AuthScheme = e.AuthScheme, Subject = [.. e.Subjects] }),
        WireEventForm.Of<DomainIOErrorReasonEvent, DomainEventIOErrorReasonMsg>(
            RemoteEvents.DomainEventIOErrorReason,
            static e => new() { Dom = e.Domain, SrcPath = e.SourcePath, DevAlias = e.DeviceAlias, Action = (int)e.Action, Reason = e.Reason }),
        WireEventForm.Of<DomainControlErrorEvent, DomainEventControlErrorMsg>(RemoteEvents.DomainEventControlError, static e => new() { Dom = e.Domain }),
        WireEventForm.Of<DomainBlockJobEvent, DomainEventBlockJob2Msg>(
            RemoteEvents.DomainEventBlockJob2,
            static e => new() { CallbackId = 0, Dom = e.Domain, Dst = e.Disk, Type = (int)e.Type, Status = (int)e.Status }),
        WireEventForm.Of<DomainDiskChangeEvent, DomainEventDiskChangeMsg>(
            RemoteEvents.DomainEventDiskChange,
            static e => new() { Dom = e.Domain, OldSrcPath = e.OldSourcePath, NewSrcPath = e.NewSourcePath, DevAlias = e.DeviceAlias, Reason = (int)e.Reason }),
        WireEventForm.Of<DomainTrayChangeEvent, DomainEventTrayChangeMsg>(
            RemoteEvents.DomainEventTrayChange, static e => new() { Dom = e.Domain, DevAlias = e.DeviceAlias, Reason = (int)e.Reason }),
        WireEventForm.Of<DomainPMWakeupEvent, DomainEventPMWakeupMsg>(RemoteEvents.DomainEventPMWakeup, static e => new() { Dom = e.Domain }),
        WireEventForm.Of<DomainPMSuspendEvent, DomainEventPMSuspendMsg>(RemoteEvents.DomainEventPMSuspend, static e => new() { Dom = e.Domain }),
        WireEventForm.Of<DomainBalloonChangeEvent, DomainEventBalloonChangeMsg>(RemoteEvents.DomainEventBalloonChange, static e => new() { Dom = e.Domain, Actual = e.Actual }),
        WireEventForm.Of<DomainPMSuspendDiskEvent, DomainEventPMSuspendDiskMsg>(RemoteEvents.DomainEventPMSuspendDisk, static e => new() { Dom = e.Domain }),
        WireEventForm.Of<DomainDeviceRemovedEvent, DomainEventDeviceRemovedMsg>(
            RemoteEvents.DomainEventDeviceRemoved, static e => new() { Dom = e.Domain, DevAlias = e.DeviceAlias }),
        WireEventForm.Of<DomainTunableEvent, DomainEventCallbackTunableMsg>(
            RemoteEvents.DomainEventCallbackTunable, static e => new() { CallbackId = 0, Dom = e.Domain, Params = [.. e.Parameters] }),
        WireEventForm.Of<DomainAgentLifecycleEvent, DomainEventCallbackAgentLifecycleMsg>(
            RemoteEvents.DomainEventCallbackAgentLifecycle, static e => new() { CallbackId = 0, Dom = e.Domain, State = (int)e.State, Reason = (int)e.Reason }),
        WireEventForm.Of<DomainDeviceAddedEvent, DomainEventCallbackDeviceAddedMsg>(
            RemoteEvents.DomainEventCallbackDeviceAdded, static e => new() { CallbackId = 0, Dom = e.Domain, DevAlias = e.DeviceAlias }),
        WireEventForm.Of<DomainMigrationIterationEvent, DomainEventCallbackMigrationIterationMsg>(
            RemoteEvents.DomainEventCallbackMigrationIteration, static e => new() { CallbackId = 0, Dom = e.Domain, Iteration = e.Iteration }),
        WireEventForm.Of<DomainJobCompletedEvent, DomainEventCallbackJobCompletedMsg>(
            RemoteEvents.DomainEventCallbackJobCompleted, static e => new() { CallbackId = 0, Dom = e.Domain, Params = [.. e.Parameters] }),
        WireEventForm.Of<DomainDeviceRemovalFailedEvent, DomainEventCallbackDeviceRemovalFailedMsg>(
            RemoteEvents.DomainEventCallbackDeviceRemovalFailed, static e => new() { CallbackId = 0, Dom = e.Domain, DevAlias = e.DeviceAlias }),
        WireEventForm.Of<DomainMetadataChangeEvent, DomainEventCallbackMetadataChangeMsg>(
            RemoteEvents.DomainEventCallbackMetadataChange, static e => new() { CallbackId = 0, Dom = e.Domain, Type = (int)e.Type, NamespaceUri = e.NamespaceUri }),
        WireEventForm.Of<DomainBlockThresholdEvent, DomainEventBlockThresholdMsg>(
            RemoteEvents.DomainEventBlockThreshold,
            static e => new() { CallbackId = 0, Dom = e.Domain, Dev = e.Device, Path = e.Path, Threshold = e.Threshold, Excess = e.Excess }),
        WireEventForm.Of<DomainMemoryFailureEvent, DomainEventMemoryFailureMsg>(
            RemoteEvents.DomainEventMemoryFailure,
            static e => new() { CallbackId = 0, Dom = e.Domain, Recipient = (int)e.Recipient, Action = (int)e.Action, Flags = (uint)e.Flags }),
        WireEventForm.Of<DomainMemoryDeviceSizeChangeEvent, DomainEventMemoryDeviceSizeChangeMsg>(
            RemoteEvents.DomainEventMemoryDeviceSizeChange, static e => new() { CallbackId = 0, Dom = e.Domain, Alias = e.DeviceAlias, Size = e.Size }),
        WireEventForm.Of<DomainNicMacChangeEvent, DomainEventNicMacChangeMsg>(
            RemoteEvents.DomainEventNicMacChange, static e => new() { CallbackId = 0, Dom = e.Domain, Alias = e.DeviceAlias, OldMac = e.OldMac, NewMac = e.NewMac }),
        WireEventForm.Of<DomainVcpuRemovedEvent, DomainEventVcpuRemovedMsg>(
            RemoteEvents.DomainEventVcpuRemoved, static e => new() { CallbackId = 0, Dom = e.Domain, VcpuId = e.VcpuId }),
        WireEventForm.Of<DomainChannelLifecycleEvent, DomainEventCallbackChannelLifecycleMsg>(
            RemoteEvents.DomainEventCallbackChannelLifecycle,
            static e => new() { CallbackId = 0, Dom = e.Domain, ChannelName = e.ChannelName, State = (int)e.State, Reason = (int)e.Reason }),
        WireEventForm.Of<NetworkLifecycleEvent, NetworkEventLifecycleMsg>(
            RemoteEvents.NetworkEventLifecycle, static e => new() { CallbackId = 0, Net = e.Network, Event = (int)e.Event, Detail = 0 }),
        WireEventForm.Of<NetworkMetadataChangeEvent, NetworkEventCallbackMetadataChangeMsg>(
            RemoteEvents.NetworkEventCallbackMetadataChange, static e => new() { CallbackId = 0, Net = e.Network, Type = (int)e.Type, NamespaceUri = e.NamespaceUri }),
        WireEventForm.Of<StoragePoolLifecycleEvent, StoragePoolEventLifecycleMsg>(
            RemoteEvents.StoragePoolEventLifecycle, static e => new() { CallbackId = 0, Pool = e.Pool, Event = (int)e.Event, Detail = 0 }),
        WireEventForm.Of<StoragePoolRefreshEvent, StoragePoolEventRefreshMsg>(RemoteEvents.StoragePoolEventRefresh, static e => new() { CallbackId = 0, Pool = e.Pool }),
        WireEventForm.Of<NodeDeviceLifecycleEvent, NodeDeviceEventLifecycleMsg>(
            RemoteEvents.NodeDeviceEventLifecycle, static e => new() { CallbackId = 0, Dev = e.Device, Event = (int)e.Event, Detail = 0 }),
        WireEventForm.Of<NodeDeviceUpdateEvent, NodeDeviceEventUpdateMsg>(RemoteEvents.NodeDeviceEventUpdate, static e => new() { CallbackId = 0, Dev = e.Device }),
        WireEventForm.Of<SecretLifecycleEvent, SecretEventLifecycleMsg>(
            RemoteEvents.SecretEventLifecycle, static e => new() { CallbackId = 0, Secret = e.Secret, Event = (int)e.Event, Detail = 0 }),
        WireEventForm.Of<SecretValueChangedEvent, SecretEventValueChangedMsg>(RemoteEvents.SecretEventValueChanged, static e => new() { CallbackId = 0, Secret = e.Secret }),
        WireEventForm.Of<ConnectionClosedEvent, ConnectEventConnectionClosedMsg>(RemoteEvents.ConnectEventConnectionClosed, static e => new() { Reason = (int)e.Reason }),
        WireEventForm.Of<QemuMonitorEvent, DomainMonitorEventMsg>(QemuEvents.DomainMonitorEvent, Monitor),
    }.ToFrozenDictionary(static form => form.EventType);

    /// <summary>The types of all events.</summary>
    public static IEnumerable<Type> Types => Forms.Keys;

    public static void Write(ref XdrWriter writer, LibvirtEvent happened)
    {
        if (!Forms.TryGetValue(happened.GetType(), out WireEventForm? form))
            throw new ArgumentException($"There is no form for events of the type {happened.GetType().Name}.");
        writer.WriteUInt32(form.Descriptor.Program);
        writer.WriteInt32(form.Descriptor.Number);
        writer.WriteOpaque(XdrPayload.Write(form.MessageOf(happened)), PayloadCodec.Limit, "an event");
    }

    public static LibvirtEvent Read(ref XdrReader reader)
    {
        (uint program, int number) = (reader.ReadUInt32(), reader.ReadInt32());
        return EventCatalog.TryFind(program, number, out CatalogEntry? entry)
            ? entry.Wire.Read(reader.ReadOpaque(PayloadCodec.Limit), out _)
            : throw new ProtocolException($"There is no event {number} in the program 0x{program:x8}.");
    }

    private static DomainMonitorEventMsg Monitor(QemuMonitorEvent happened)
    {
        TimeSpan? time = happened.Time - DateTimeOffset.UnixEpoch;
        long ticks = time?.Ticks ?? -TimeSpan.TicksPerSecond;
        return new DomainMonitorEventMsg
        {
            CallbackId = 0,
            Dom = happened.Domain,
            Event = happened.Event,
            Seconds = ticks / TimeSpan.TicksPerSecond,
            Micros = time is null ? 0 : (uint)(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond),
            Details = happened.Details,
        };
    }
}
