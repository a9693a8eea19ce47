using Akka.Actor;

namespace Libvirt.TestKit;

/// <summary>Creates the <see cref="VirtualTime"/> of an actor system.</summary>
public sealed class VirtualTimeExtension : ExtensionIdProvider<VirtualTime>
{
    /// <inheritdoc/>
    public override VirtualTime CreateExtension(ExtendedActorSystem system) => new(system);
}
