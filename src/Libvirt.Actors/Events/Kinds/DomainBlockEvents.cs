using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Reading or writing a disk failed.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="SourcePath">The disk's source on the host.</param>
/// <param name="DeviceAlias">The device's alias.</param>
/// <param name="Action">What the hypervisor does about it.</param>
public sealed record DomainIOErrorEvent(RemoteDomain Domain, string SourcePath, string DeviceAlias, DomainEventIOErrorAction Action)
    : DomainEvent(Domain);

/// <summary>Reading or writing a disk failed, with the reason.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="SourcePath">The disk's source on the host.</param>
/// <param name="DeviceAlias">The device's alias.</param>
/// <param name="Action">What the hypervisor does about it.</param>
/// <param name="Reason">A word such as <c>enospc</c>; may be empty.</param>
public sealed record DomainIOErrorReasonEvent(
    RemoteDomain Domain, string SourcePath, string DeviceAlias, DomainEventIOErrorAction Action, string Reason) : DomainEvent(Domain);

/// <summary>A block job changed its state.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Disk">The disk: its source path, or its target where the second form of the event was asked for.</param>
/// <param name="Type">What the job does.</param>
/// <param name="Status">How it stands.</param>
public sealed record DomainBlockJobEvent(RemoteDomain Domain, string Disk, DomainBlockJobType Type, ConnectDomainEventBlockJobStatus Status)
    : DomainEvent(Domain);

/// <summary>A disk image grew beyond the threshold set for it.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Device">The device, such as <c>vda[1]</c>.</param>
/// <param name="Path">The image's path, where there is one.</param>
/// <param name="Threshold">The threshold, in bytes.</param>
/// <param name="Excess">By how much it was exceeded, in bytes.</param>
public sealed record DomainBlockThresholdEvent(RemoteDomain Domain, string Device, string? Path, ulong Threshold, ulong Excess) : DomainEvent(Domain);

/// <summary>A disk got another source.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="OldSourcePath">The source before; null when there was none.</param>
/// <param name="NewSourcePath">The source now; null when there is none.</param>
/// <param name="DeviceAlias">The device's alias.</param>
/// <param name="Reason">Why it changed.</param>
public sealed record DomainDiskChangeEvent(
    RemoteDomain Domain, string? OldSourcePath, string? NewSourcePath, string DeviceAlias, ConnectDomainEventDiskChangeReason Reason)
    : DomainEvent(Domain);

/// <summary>The tray of a removable disk was opened or closed.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="DeviceAlias">The device's alias.</param>
/// <param name="Reason">Which of these.</param>
public sealed record DomainTrayChangeEvent(RemoteDomain Domain, string DeviceAlias, DomainEventTrayChangeReason Reason) : DomainEvent(Domain);
