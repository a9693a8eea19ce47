using Akka.Actor;
using Libvirt.Hosting.Hypervisors;

namespace Libvirt.Hosting;

/// <summary>
/// The key of <c>/user/libvirt</c> in the actor registry: an actor that is injected <c>IRequiredActor&lt;LibvirtHypervisors&gt;</c> gets the parent of all
/// hypervisors, each of which is its child by name. <see cref="For"/> gives the same hypervisors as objects.
/// </summary>
public sealed class LibvirtHypervisors
{
    private LibvirtHypervisors()
    {
    }

    /// <summary>The hypervisors of an actor system by name.</summary>
    /// <param name="system">An actor system with <c>WithLibvirt</c> or <c>AddLibvirt</c>.</param>
    /// <exception cref="InvalidOperationException">The system has neither.</exception>
    public static IHypervisors For(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.TryGetExtension(out HypervisorRegistry registry)
            ? registry
            : throw new InvalidOperationException(
                $"The actor system '{system.Name}' has no hypervisors. Call WithLibvirt on its AkkaConfigurationBuilder, or AddLibvirt on the services.");
    }
}
