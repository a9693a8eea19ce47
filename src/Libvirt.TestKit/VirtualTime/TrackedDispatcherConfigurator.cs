using Akka.Configuration;
using Akka.Dispatch;

namespace Libvirt.TestKit;

/// <summary>Creates the <see cref="TrackedDispatcher"/> of a dispatcher section in HOCON.</summary>
internal sealed class TrackedDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly TrackedDispatcher _dispatcher;

    /// <summary>Called by Akka.</summary>
    public TrackedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : this(config, new TrackedPrerequisites(prerequisites))
    {
    }

    private TrackedDispatcherConfigurator(Config config, TrackedPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        _dispatcher = new TrackedDispatcher(this, prerequisites.Activity);
    }

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
