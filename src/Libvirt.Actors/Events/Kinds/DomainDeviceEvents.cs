using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>A device was plugged in.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="DeviceAlias">The device's alias.</param>
public sealed record DomainDeviceAddedEvent(RemoteDomain Domain, string DeviceAlias) : DomainEvent(Domain);

/// <summary>A device has left the guest.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="DeviceAlias">The device's alias.</param>
public sealed record DomainDeviceRemovedEvent(RemoteDomain Domain, string DeviceAlias) : DomainEvent(Domain);

/// <summary>The guest refused to let a device go.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="DeviceAlias">The device's alias.</param>
public sealed record DomainDeviceRemovalFailedEvent(RemoteDomain Domain, string DeviceAlias) : DomainEvent(Domain);

/// <summary>The guest changed the size of a memory device.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="DeviceAlias">The device's alias.</param>
/// <param name="Size">Its size now, in KiB.</param>
public sealed record DomainMemoryDeviceSizeChangeEvent(RemoteDomain Domain, string DeviceAlias, ulong Size) : DomainEvent(Domain);

/// <summary>The guest gave a network card another address.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="DeviceAlias">The device's alias.</param>
/// <param name="OldMac">The address before.</param>
/// <param name="NewMac">The address now.</param>
public sealed record DomainNicMacChangeEvent(RemoteDomain Domain, string DeviceAlias, string OldMac, string NewMac) : DomainEvent(Domain);

/// <summary>A vCPU has left the guest.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="VcpuId">The vCPU's number.</param>
public sealed record DomainVcpuRemovedEvent(RemoteDomain Domain, uint VcpuId) : DomainEvent(Domain);
