using Akka.Actor;
using Akka.Event;

namespace Libvirt.TestKit;

/// <summary>A reference that hands log events to the capture on the thread that publishes them.</summary>
internal sealed class LogSubscriber(ExtendedActorSystem system, Action<LogEvent> capture) : MinimalActorRef
{
    public override ActorPath Path { get; } = system.Provider.RootPath / "log-capture";

    public override IActorRefProvider Provider => system.Provider;

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is LogEvent logEvent)
            capture(logEvent);
    }
}
