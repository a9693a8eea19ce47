namespace Libvirt.Messages;

/// <summary>
/// A message of the runtime's public protocol that can be sent to an actor of another node. <see cref="Serialization.LibvirtSerializer"/> writes it.
/// </summary>
public interface ILibvirtMessage;
