using Akka.Actor;

namespace Libvirt;

/// <summary>Creates the <see cref="LibvirtRuntime"/> of an actor system. Name it in <c>akka.extensions</c> to create the runtime with the system.</summary>
public sealed class LibvirtExtension : ExtensionIdProvider<LibvirtRuntime>
{
    /// <inheritdoc/>
    public override LibvirtRuntime CreateExtension(ExtendedActorSystem system) => new(system);
}
