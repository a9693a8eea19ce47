using Akka.Configuration;
using Akka.Dispatch;

namespace Libvirt.TestKit;

/// <summary>Creates the <see cref="TrackedInlineDispatcher"/> of a dispatcher section in HOCON.</summary>
internal sealed class TrackedInlineDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly TrackedInlineDispatcher _dispatcher;

    /// <summary>Called by Akka.</summary>
    public TrackedInlineDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : this(config, new TrackedPrerequisites(prerequisites))
    {
    }

    private TrackedInlineDispatcherConfigurator(Config config, TrackedPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        _dispatcher = new TrackedInlineDispatcher(this, prerequisites.Activity);
    }

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
