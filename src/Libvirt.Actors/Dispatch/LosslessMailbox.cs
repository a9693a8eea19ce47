using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Libvirt.Dispatch;

/// <summary>
/// The mailbox of the runtime's actors: unbounded, and it delivers to dead letters every message that the actor does not handle, also one that is added
/// while the actor stops. Bounds are enforced by the actors themselves, which can fail what exceeds them.
/// </summary>
/// <param name="settings">The actor system's settings.</param>
/// <param name="config">The mailbox's own section, <c>libvirt.mailbox</c>.</param>
public sealed class LosslessMailbox(Akka.Actor.Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<LosslessMessageQueue>
{
    /// <summary>The mailbox's path in HOCON.</summary>
    internal const string Path = "libvirt.mailbox";

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new LosslessMessageQueue();
}
