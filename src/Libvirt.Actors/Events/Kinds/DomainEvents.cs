using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Every kind of event about domains. The detail of each stands with the type it is delivered as.</summary>
public static class DomainEvents
{
    /// <summary>See <see cref="DomainLifecycleEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_LIFECYCLE</c>.</summary>
    public static EventKind<DomainLifecycleEvent> Lifecycle { get; } = Both<DomainEventCallbackLifecycleMsg, DomainEventLifecycleMsg, DomainLifecycleEvent>(
        DomainEventId.Lifecycle, "lifecycle", RemoteEvents.DomainEventCallbackLifecycle, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventLifecycle,
        static m => new DomainLifecycleEvent(m.Dom, (DomainEventType)m.Event, m.Detail));

    /// <summary>See <see cref="DomainRebootEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_REBOOT</c>.</summary>
    public static EventKind<DomainRebootEvent> Reboot { get; } = Both<DomainEventCallbackRebootMsg, DomainEventRebootMsg, DomainRebootEvent>(
        DomainEventId.Reboot, "reboot", RemoteEvents.DomainEventCallbackReboot, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventReboot,
        static m => new DomainRebootEvent(m.Dom));

    /// <summary>See <see cref="DomainRtcChangeEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_RTC_CHANGE</c>.</summary>
    public static EventKind<DomainRtcChangeEvent> RtcChange { get; } = Both<DomainEventCallbackRtcChangeMsg, DomainEventRtcChangeMsg, DomainRtcChangeEvent>(
        DomainEventId.RtcChange, "rtc-change", RemoteEvents.DomainEventCallbackRtcChange, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventRtcChange,
        static m => new DomainRtcChangeEvent(m.Dom, m.Offset));

    /// <summary>See <see cref="DomainWatchdogEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_WATCHDOG</c>.</summary>
    public static EventKind<DomainWatchdogEvent> Watchdog { get; } = Both<DomainEventCallbackWatchdogMsg, DomainEventWatchdogMsg, DomainWatchdogEvent>(
        DomainEventId.Watchdog, "watchdog", RemoteEvents.DomainEventCallbackWatchdog, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventWatchdog,
        static m => new DomainWatchdogEvent(m.Dom, (DomainEventWatchdogAction)m.Action));

    /// <summary>See <see cref="DomainIOErrorEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_IO_ERROR</c>.</summary>
    public static EventKind<DomainIOErrorEvent> IOError { get; } = Both<DomainEventCallbackIOErrorMsg, DomainEventIOErrorMsg, DomainIOErrorEvent>(
        DomainEventId.IOError, "io-error", RemoteEvents.DomainEventCallbackIOError, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventIOError,
        static m => new DomainIOErrorEvent(m.Dom, m.SrcPath, m.DevAlias, (DomainEventIOErrorAction)m.Action));

    /// <summary>See <see cref="DomainGraphicsEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_GRAPHICS</c>.</summary>
    public static EventKind<DomainGraphicsEvent> Graphics { get; } = Both<DomainEventCallbackGraphicsMsg, DomainEventGraphicsMsg, DomainGraphicsEvent>(
        DomainEventId.Graphics, "graphics", RemoteEvents.DomainEventCallbackGraphics, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventGraphics,
        static m => new DomainGraphicsEvent(m.Dom, (DomainEventGraphicsPhase)m.Phase, m.Local, m.Remote, m.AuthScheme, m.Subject));

    /// <summary>See <see cref="DomainIOErrorReasonEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON</c>.</summary>
    public static EventKind<DomainIOErrorReasonEvent> IOErrorReason { get; } = Both<DomainEventCallbackIOErrorReasonMsg, DomainEventIOErrorReasonMsg, DomainIOErrorReasonEvent>(
        DomainEventId.IOErrorReason, "io-error-reason", RemoteEvents.DomainEventCallbackIOErrorReason, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventIOErrorReason,
        static m => new DomainIOErrorReasonEvent(m.Dom, m.SrcPath, m.DevAlias, (DomainEventIOErrorAction)m.Action, m.Reason));

    /// <summary>See <see cref="DomainControlErrorEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_CONTROL_ERROR</c>.</summary>
    public static EventKind<DomainControlErrorEvent> ControlError { get; } = Both<DomainEventCallbackControlErrorMsg, DomainEventControlErrorMsg, DomainControlErrorEvent>(
        DomainEventId.ControlError, "control-error", RemoteEvents.DomainEventCallbackControlError, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventControlError,
        static m => new DomainControlErrorEvent(m.Dom));

    /// <summary>See <see cref="DomainBlockJobEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_BLOCK_JOB</c>.</summary>
    public static EventKind<DomainBlockJobEvent> BlockJob { get; } = Both<DomainEventCallbackBlockJobMsg, DomainEventBlockJobMsg, DomainBlockJobEvent>(
        DomainEventId.BlockJob, "block-job", RemoteEvents.DomainEventCallbackBlockJob, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventBlockJob,
        static m => new DomainBlockJobEvent(m.Dom, m.Path, (DomainBlockJobType)m.Type, (ConnectDomainEventBlockJobStatus)m.Status));

    /// <summary>See <see cref="DomainDiskChangeEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_DISK_CHANGE</c>.</summary>
    public static EventKind<DomainDiskChangeEvent> DiskChange { get; } = Both<DomainEventCallbackDiskChangeMsg, DomainEventDiskChangeMsg, DomainDiskChangeEvent>(
        DomainEventId.DiskChange, "disk-change", RemoteEvents.DomainEventCallbackDiskChange, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventDiskChange,
        static m => new DomainDiskChangeEvent(m.Dom, m.OldSrcPath, m.NewSrcPath, m.DevAlias, (ConnectDomainEventDiskChangeReason)m.Reason));

    /// <summary>See <see cref="DomainTrayChangeEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_TRAY_CHANGE</c>.</summary>
    public static EventKind<DomainTrayChangeEvent> TrayChange { get; } = Both<DomainEventCallbackTrayChangeMsg, DomainEventTrayChangeMsg, DomainTrayChangeEvent>(
        DomainEventId.TrayChange, "tray-change", RemoteEvents.DomainEventCallbackTrayChange, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventTrayChange,
        static m => new DomainTrayChangeEvent(m.Dom, m.DevAlias, (DomainEventTrayChangeReason)m.Reason));

    /// <summary>See <see cref="DomainPMWakeupEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_PMWAKEUP</c>.</summary>
    public static EventKind<DomainPMWakeupEvent> PMWakeup { get; } = Both<DomainEventCallbackPMWakeupMsg, DomainEventPMWakeupMsg, DomainPMWakeupEvent>(
        DomainEventId.PMWakeup, "pm-wakeup", RemoteEvents.DomainEventCallbackPMWakeup, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventPMWakeup,
        static m => new DomainPMWakeupEvent(m.Dom));

    /// <summary>See <see cref="DomainPMSuspendEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_PMSUSPEND</c>.</summary>
    public static EventKind<DomainPMSuspendEvent> PMSuspend { get; } = Both<DomainEventCallbackPMSuspendMsg, DomainEventPMSuspendMsg, DomainPMSuspendEvent>(
        DomainEventId.PMSuspend, "pm-suspend", RemoteEvents.DomainEventCallbackPMSuspend, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventPMSuspend,
        static m => new DomainPMSuspendEvent(m.Dom));

    /// <summary>See <see cref="DomainBalloonChangeEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE</c>.</summary>
    public static EventKind<DomainBalloonChangeEvent> BalloonChange { get; } = Both<DomainEventCallbackBalloonChangeMsg, DomainEventBalloonChangeMsg, DomainBalloonChangeEvent>(
        DomainEventId.BalloonChange, "balloon-change", RemoteEvents.DomainEventCallbackBalloonChange, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventBalloonChange,
        static m => new DomainBalloonChangeEvent(m.Dom, m.Actual));

    /// <summary>See <see cref="DomainPMSuspendDiskEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK</c>.</summary>
    public static EventKind<DomainPMSuspendDiskEvent> PMSuspendDisk { get; } = Both<DomainEventCallbackPMSuspendDiskMsg, DomainEventPMSuspendDiskMsg, DomainPMSuspendDiskEvent>(
        DomainEventId.PMSuspendDisk, "pm-suspend-disk", RemoteEvents.DomainEventCallbackPMSuspendDisk, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventPMSuspendDisk,
        static m => new DomainPMSuspendDiskEvent(m.Dom));

    /// <summary>See <see cref="DomainDeviceRemovedEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED</c>.</summary>
    public static EventKind<DomainDeviceRemovedEvent> DeviceRemoved { get; } = Both<DomainEventCallbackDeviceRemovedMsg, DomainEventDeviceRemovedMsg, DomainDeviceRemovedEvent>(
        DomainEventId.DeviceRemoved, "device-removed", RemoteEvents.DomainEventCallbackDeviceRemoved, static m => m.CallbackId, static m => m.Msg, RemoteEvents.DomainEventDeviceRemoved,
        static m => new DomainDeviceRemovedEvent(m.Dom, m.DevAlias));

    /// <summary>A block job changed its state; the disk is named by its target, such as <c>vda</c>. Serves <c>VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2</c>.</summary>
    public static EventKind<DomainBlockJobEvent> BlockJob2 { get; } = new(
        EventFamily.Domain, (int)DomainEventId.BlockJob2, "block-job-2",
        WireEvent.Of(RemoteEvents.DomainEventBlockJob2, static m => m.CallbackId,
        static m => new DomainBlockJobEvent(m.Dom, m.Dst, (DomainBlockJobType)m.Type, (ConnectDomainEventBlockJobStatus)m.Status)));

    /// <summary>See <see cref="DomainTunableEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_TUNABLE</c>.</summary>
    public static EventKind<DomainTunableEvent> Tunable { get; } = new(
        EventFamily.Domain, (int)DomainEventId.Tunable, "tunable",
        WireEvent.Of(RemoteEvents.DomainEventCallbackTunable, static m => m.CallbackId,
        static m => new DomainTunableEvent(m.Dom, m.Params)));

    /// <summary>See <see cref="DomainAgentLifecycleEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE</c>.</summary>
    public static EventKind<DomainAgentLifecycleEvent> AgentLifecycle { get; } = new(
        EventFamily.Domain, (int)DomainEventId.AgentLifecycle, "agent-lifecycle",
        WireEvent.Of(RemoteEvents.DomainEventCallbackAgentLifecycle, static m => m.CallbackId,
        static m => new DomainAgentLifecycleEvent(m.Dom, (ConnectDomainEventAgentLifecycleState)m.State, (ConnectDomainEventAgentLifecycleReason)m.Reason)));

    /// <summary>See <see cref="DomainDeviceAddedEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_DEVICE_ADDED</c>.</summary>
    public static EventKind<DomainDeviceAddedEvent> DeviceAdded { get; } = new(
        EventFamily.Domain, (int)DomainEventId.DeviceAdded, "device-added",
        WireEvent.Of(RemoteEvents.DomainEventCallbackDeviceAdded, static m => m.CallbackId,
        static m => new DomainDeviceAddedEvent(m.Dom, m.DevAlias)));

    /// <summary>See <see cref="DomainMigrationIterationEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_MIGRATION_ITERATION</c>.</summary>
    public static EventKind<DomainMigrationIterationEvent> MigrationIteration { get; } = new(
        EventFamily.Domain, (int)DomainEventId.MigrationIteration, "migration-iteration",
        WireEvent.Of(RemoteEvents.DomainEventCallbackMigrationIteration, static m => m.CallbackId,
        static m => new DomainMigrationIterationEvent(m.Dom, m.Iteration)));

    /// <summary>See <see cref="DomainJobCompletedEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_JOB_COMPLETED</c>.</summary>
    public static EventKind<DomainJobCompletedEvent> JobCompleted { get; } = new(
        EventFamily.Domain, (int)DomainEventId.JobCompleted, "job-completed",
        WireEvent.Of(RemoteEvents.DomainEventCallbackJobCompleted, static m => m.CallbackId,
        static m => new DomainJobCompletedEvent(m.Dom, m.Params)));

    /// <summary>See <see cref="DomainDeviceRemovalFailedEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED</c>.</summary>
    public static EventKind<DomainDeviceRemovalFailedEvent> DeviceRemovalFailed { get; } = new(
        EventFamily.Domain, (int)DomainEventId.DeviceRemovalFailed, "device-removal-failed",
        WireEvent.Of(RemoteEvents.DomainEventCallbackDeviceRemovalFailed, static m => m.CallbackId,
        static m => new DomainDeviceRemovalFailedEvent(m.Dom, m.DevAlias)));

    /// <summary>See <see cref="DomainMetadataChangeEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_METADATA_CHANGE</c>.</summary>
    public static EventKind<DomainMetadataChangeEvent> MetadataChange { get; } = new(
        EventFamily.Domain, (int)DomainEventId.MetadataChange, "metadata-change",
        WireEvent.Of(RemoteEvents.DomainEventCallbackMetadataChange, static m => m.CallbackId,
        static m => new DomainMetadataChangeEvent(m.Dom, (DomainMetadataType)m.Type, m.NamespaceUri)));

    /// <summary>See <see cref="DomainBlockThresholdEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD</c>.</summary>
    public static EventKind<DomainBlockThresholdEvent> BlockThreshold { get; } = new(
        EventFamily.Domain, (int)DomainEventId.BlockThreshold, "block-threshold",
        WireEvent.Of(RemoteEvents.DomainEventBlockThreshold, static m => m.CallbackId,
        static m => new DomainBlockThresholdEvent(m.Dom, m.Dev, m.Path, m.Threshold, m.Excess)));

    /// <summary>See <see cref="DomainMemoryFailureEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_MEMORY_FAILURE</c>.</summary>
    public static EventKind<DomainMemoryFailureEvent> MemoryFailure { get; } = new(
        EventFamily.Domain, (int)DomainEventId.MemoryFailure, "memory-failure",
        WireEvent.Of(RemoteEvents.DomainEventMemoryFailure, static m => m.CallbackId,
        static m => new DomainMemoryFailureEvent(m.Dom, (DomainMemoryFailureRecipientType)m.Recipient, (DomainMemoryFailureActionType)m.Action, (DomainMemoryFailureFlags)m.Flags)));

    /// <summary>See <see cref="DomainMemoryDeviceSizeChangeEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE</c>.</summary>
    public static EventKind<DomainMemoryDeviceSizeChangeEvent> MemoryDeviceSizeChange { get; } = new(
        EventFamily.Domain, (int)DomainEventId.MemoryDeviceSizeChange, "memory-device-size-change",
        WireEvent.Of(RemoteEvents.DomainEventMemoryDeviceSizeChange, static m => m.CallbackId,
        static m => new DomainMemoryDeviceSizeChangeEvent(m.Dom, m.Alias, m.Size)));

    /// <summary>See <see cref="DomainNicMacChangeEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_NIC_MAC_CHANGE</c>.</summary>
    public static EventKind<DomainNicMacChangeEvent> NicMacChange { get; } = new(
        EventFamily.Domain, (int)DomainEventId.NicMacChange, "nic-mac-change",
        WireEvent.Of(RemoteEvents.DomainEventNicMacChange, static m => m.CallbackId,
        static m => new DomainNicMacChangeEvent(m.Dom, m.Alias, m.OldMac, m.NewMac)));

    /// <summary>See <see cref="DomainVcpuRemovedEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_VCPU_REMOVED</c>.</summary>
    public static EventKind<DomainVcpuRemovedEvent> VcpuRemoved { get; } = new(
        EventFamily.Domain, (int)DomainEventId.VcpuRemoved, "vcpu-removed",
        WireEvent.Of(RemoteEvents.DomainEventVcpuRemoved, static m => m.CallbackId,
        static m => new DomainVcpuRemovedEvent(m.Dom, m.VcpuId)));

    /// <summary>See <see cref="DomainChannelLifecycleEvent"/>. Serves <c>VIR_DOMAIN_EVENT_ID_CHANNEL_LIFECYCLE</c>.</summary>
    public static EventKind<DomainChannelLifecycleEvent> ChannelLifecycle { get; } = new(
        EventFamily.Domain, (int)DomainEventId.ChannelLifecycle, "channel-lifecycle",
        WireEvent.Of(RemoteEvents.DomainEventCallbackChannelLifecycle, static m => m.CallbackId,
        static m => new DomainChannelLifecycleEvent(m.Dom, m.ChannelName, (ConnectDomainEventChannelLifecycleState)m.State, (ConnectDomainEventChannelLifecycleReason)m.Reason)));

    /// <summary>All of them in the order of their numbers.</summary>
    public static IReadOnlyList<EventKind> All { get; } =
    [
        Lifecycle,
        Reboot,
        RtcChange,
        Watchdog,
        IOError,
        Graphics,
        IOErrorReason,
        ControlError,
        BlockJob,
        DiskChange,
        TrayChange,
        PMWakeup,
        PMSuspend,
        BalloonChange,
        PMSuspendDisk,
        DeviceRemoved,
        BlockJob2,
        Tunable,
        AgentLifecycle,
        DeviceAdded,
        MigrationIteration,
        JobCompleted,
        DeviceRemovalFailed,
        MetadataChange,
        BlockThreshold,
        MemoryFailure,
        MemoryDeviceSizeChange,
        NicMacChange,
        VcpuRemoved,
        ChannelLifecycle,
    ];

    // Where a daemon has both forms, the one with a callback id wraps the other.
    private static EventKind<TEvent> Both<TModern, TLegacy, TEvent>(
        DomainEventId id,
        string name,
        ProgramEvent<TModern> modern,
        Func<TModern, int> callbackId,
        Func<TModern, TLegacy> inner,
        ProgramEvent<TLegacy> legacy,
        Func<TLegacy, TEvent> map)
        where TModern : class, IXdrWritable, IXdrReadable<TModern>
        where TLegacy : class, IXdrWritable, IXdrReadable<TLegacy>
        where TEvent : LibvirtEvent =>
        new(EventFamily.Domain, (int)id, name, WireEvent.Of(modern, callbackId, m => map(inner(m))), WireEvent.Of(legacy, map));
}
