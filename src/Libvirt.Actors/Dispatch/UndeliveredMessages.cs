using Akka.Actor;
using Akka.Event;
using Libvirt.Calls;
using Libvirt.Messages;

namespace Libvirt.Dispatch;

/// <summary>Receives dead letters on the thread that caused them, and informs those messages that must not be lost, and the senders of calls.</summary>
internal sealed class UndeliveredMessages(ExtendedActorSystem system) : MinimalActorRef
{
    public override ActorPath Path { get; } = system.Provider.RootPath / "libvirt-undelivered";

    public override IActorRefProvider Provider => system.Provider;

    /// <summary>Begins to receive the system's dead letters.</summary>
    public static void Subscribe(ActorSystem system) =>
        system.EventStream.Subscribe(new UndeliveredMessages((ExtendedActorSystem)system), typeof(AllDeadLetters));

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case AllDeadLetters { Message: IUndelivered undelivered }:
                undelivered.OnUndelivered();
                break;
            case AllDeadLetters { Message: LibvirtCall call } letter:
                letter.Sender.Tell(new Status.Failure(CallFailures.HypervisorClosed(call.Procedure), call.CorrelationId), ActorRefs.NoSender);
                break;
        }
    }
}
