using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>A network was defined, undefined, started or stopped.</summary>
/// <param name="Network">The network.</param>
/// <param name="Event">Which of these.</param>
public sealed record NetworkLifecycleEvent(RemoteNetwork Network, NetworkEventLifecycleType Event) : NetworkEvent(Network);

/// <summary>A part of a network's metadata changed.</summary>
/// <param name="Network">The network.</param>
/// <param name="Type">Which part.</param>
/// <param name="NamespaceUri">The namespace of an element of one's own; null for title and description.</param>
public sealed record NetworkMetadataChangeEvent(RemoteNetwork Network, NetworkMetadataType Type, string? NamespaceUri) : NetworkEvent(Network);

/// <summary>A storage pool was defined, undefined, started, stopped, created or deleted.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Event">Which of these.</param>
public sealed record StoragePoolLifecycleEvent(RemoteStoragePool Pool, StoragePoolEventLifecycleType Event) : StoragePoolEvent(Pool);

/// <summary>A storage pool looked at its volumes anew.</summary>
/// <param name="Pool">The pool.</param>
public sealed record StoragePoolRefreshEvent(RemoteStoragePool Pool) : StoragePoolEvent(Pool);

/// <summary>A device of the host appeared, vanished, was defined or undefined.</summary>
/// <param name="Device">The device.</param>
/// <param name="Event">Which of these.</param>
public sealed record NodeDeviceLifecycleEvent(RemoteNodeDevice Device, NodeDeviceEventLifecycleType Event) : NodeDeviceEvent(Device);

/// <summary>A device of the host changed its description.</summary>
/// <param name="Device">The device.</param>
public sealed record NodeDeviceUpdateEvent(RemoteNodeDevice Device) : NodeDeviceEvent(Device);

/// <summary>A secret was defined or undefined.</summary>
/// <param name="Secret">The secret, without its value.</param>
/// <param name="Event">Which of these.</param>
public sealed record SecretLifecycleEvent(RemoteSecret Secret, SecretEventLifecycleType Event) : SecretEvent(Secret);

/// <summary>A secret got another value.</summary>
/// <param name="Secret">The secret, without its value.</param>
public sealed record SecretValueChangedEvent(RemoteSecret Secret) : SecretEvent(Secret);

/// <summary>
/// The daemon lost its own connection to the hypervisor or the daemon behind it: virtproxyd does when virtqemud dies. It serves nothing more on ours, which
/// is therefore given up and made again.
/// </summary>
/// <param name="Reason">Why.</param>
public sealed record ConnectionClosedEvent(ConnectCloseReason Reason) : LibvirtEvent;
