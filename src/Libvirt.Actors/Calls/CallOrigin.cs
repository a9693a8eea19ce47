using Akka.Actor;

namespace Libvirt.Calls;

/// <summary>Where a call by message comes from, and how long it may take.</summary>
/// <param name="Requester">The sender of the message, which gets the reply.</param>
/// <param name="Hypervisor">The hypervisor it was sent to, which is the sender of the reply.</param>
/// <param name="Uri">The hypervisor's URI.</param>
/// <param name="Timeout">The time the call was given in all.</param>
/// <param name="Deadline">The timestamp at which that time has passed.</param>
internal sealed record CallOrigin(IActorRef Requester, IActorRef Hypervisor, LibvirtUri Uri, TimeSpan Timeout, long Deadline);
