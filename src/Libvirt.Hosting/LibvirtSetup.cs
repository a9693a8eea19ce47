using Akka.Actor.Setup;

namespace Libvirt.Hosting;

/// <summary>What <c>WithLibvirt</c> configures in code, carried by the actor system that is set up with it.</summary>
internal sealed class LibvirtSetup : Setup
{
    private readonly List<Action<LibvirtOptions>> _actions = [];

    public void Add(Action<LibvirtOptions> configure) => _actions.Add(configure);

    public void Apply(LibvirtOptions options) => _actions.ForEach(configure => configure(options));
}
