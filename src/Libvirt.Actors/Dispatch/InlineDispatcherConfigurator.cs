using Akka.Configuration;
using Akka.Dispatch;

namespace Libvirt.Dispatch;

/// <summary>Creates the <see cref="InlineDispatcher"/> that <c>libvirt.inline-dispatcher</c> in HOCON describes.</summary>
/// <param name="config">The dispatcher's own section.</param>
/// <param name="prerequisites">What the actor system gives to dispatchers.</param>
public sealed class InlineDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    /// <summary>The dispatcher's path in HOCON.</summary>
    internal const string Path = "libvirt.inline-dispatcher";

    private InlineDispatcher? _dispatcher;

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher ??= new InlineDispatcher(this);
}
