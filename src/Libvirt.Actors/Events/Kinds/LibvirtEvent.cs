using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Something that happened on a hypervisor.</summary>
public abstract record LibvirtEvent;

/// <summary>Something that happened to a domain.</summary>
/// <param name="Domain">The domain as it was then; its id is -1 when it was not running.</param>
public abstract record DomainEvent(RemoteDomain Domain) : LibvirtEvent;

/// <summary>Something that happened to a virtual network.</summary>
/// <param name="Network">The network.</param>
public abstract record NetworkEvent(RemoteNetwork Network) : LibvirtEvent;

/// <summary>Something that happened to a storage pool.</summary>
/// <param name="Pool">The pool.</param>
public abstract record StoragePoolEvent(RemoteStoragePool Pool) : LibvirtEvent;

/// <summary>Something that happened to a device of the host.</summary>
/// <param name="Device">The device.</param>
public abstract record NodeDeviceEvent(RemoteNodeDevice Device) : LibvirtEvent;

/// <summary>Something that happened to a secret.</summary>
/// <param name="Secret">The secret, without its value.</param>
public abstract record SecretEvent(RemoteSecret Secret) : LibvirtEvent;
