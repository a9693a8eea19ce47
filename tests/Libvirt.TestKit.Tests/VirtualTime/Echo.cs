using Akka.Actor;
using Akka.Event;

namespace Libvirt.TestKit.Tests;

/// <summary>Logs and returns each message to its sender; fails on an exception and blocks on an event.</summary>
internal sealed class Echo : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public static Props Props { get; } = Props.Create<Echo>();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Exception exception:
                throw exception;
            case ManualResetEventSlim release:
                release.Wait();
                break;
            default:
                _log.Info("{0}", message);
                Sender.Tell(message);
                break;
        }
    }
}
