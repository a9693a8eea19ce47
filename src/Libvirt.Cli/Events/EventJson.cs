using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Libvirt.Events;

namespace Libvirt.Cli.Events;

/// <summary>Events as JSON, without reflection: the fields of their types in snake case, enums by their names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DomainLifecycleEvent))]
[JsonSerializable(typeof(DomainRebootEvent))]
[JsonSerializable(typeof(DomainPMWakeupEvent))]
[JsonSerializable(typeof(DomainPMSuspendEvent))]
[JsonSerializable(typeof(DomainPMSuspendDiskEvent))]
[JsonSerializable(typeof(DomainControlErrorEvent))]
[JsonSerializable(typeof(DomainMetadataChangeEvent))]
[JsonSerializable(typeof(DomainRtcChangeEvent))]
[JsonSerializable(typeof(DomainWatchdogEvent))]
[JsonSerializable(typeof(DomainBalloonChangeEvent))]
[JsonSerializable(typeof(DomainAgentLifecycleEvent))]
[JsonSerializable(typeof(DomainChannelLifecycleEvent))]
[JsonSerializable(typeof(DomainMemoryFailureEvent))]
[JsonSerializable(typeof(DomainGraphicsEvent))]
[JsonSerializable(typeof(DomainIOErrorEvent))]
[JsonSerializable(typeof(DomainIOErrorReasonEvent))]
[JsonSerializable(typeof(DomainBlockJobEvent))]
[JsonSerializable(typeof(DomainBlockThresholdEvent))]
[JsonSerializable(typeof(DomainDiskChangeEvent))]
[JsonSerializable(typeof(DomainTrayChangeEvent))]
[JsonSerializable(typeof(DomainDeviceAddedEvent))]
[JsonSerializable(typeof(DomainDeviceRemovedEvent))]
[JsonSerializable(typeof(DomainDeviceRemovalFailedEvent))]
[JsonSerializable(typeof(DomainMemoryDeviceSizeChangeEvent))]
[JsonSerializable(typeof(DomainNicMacChangeEvent))]
[JsonSerializable(typeof(DomainVcpuRemovedEvent))]
[JsonSerializable(typeof(DomainMigrationIterationEvent))]
[JsonSerializable(typeof(DomainJobCompletedEvent))]
[JsonSerializable(typeof(DomainTunableEvent))]
[JsonSerializable(typeof(QemuMonitorEvent))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>The event's fields.</summary>
    public static JsonObject Fields(LibvirtEvent happened) =>
        JsonSerializer.SerializeToNode(happened, happened.GetType(), Default)!.AsObject();
}
