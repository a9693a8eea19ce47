using Akka.Actor;
using Akka.Event;

namespace Libvirt.Dispatch;

/// <summary>Receives dead letters on the thread that caused them, and informs those messages that must not be lost, and the senders of calls.</summary>
internal sealed class UndeliveredMessages(ExtendedActorSystem system) : MinimalActorRef
{
    // Programs may send such messages to actors of their own as well. The address of a path depends on the node that the message came from.
    private readonly string _guardian = (system.Provider.Guardian.Path / "libvirt").ToStringWithoutAddress();

    public override ActorPath Path { get; } = system.Provider.RootPath / "libvirt-undelivered";

    public override IActorRefProvider Provider => system.Provider;

    /// <summary>Begins to receive the system's dead letters.</summary>
    public static void Subscribe(ActorSystem system) =>
        system.EventStream.Subscribe(new UndeliveredMessages((ExtendedActorSystem)system), typeof(AllDeadLetters));

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is AllDeadLetters { Message: IUndelivered undelivered })
            undelivered.OnUndelivered();
        else if (message is AllDeadLetters { Message: IAnswerable answerable } letter && IsOurs(letter.Recipient.Path))
            answerable.OnUndelivered(letter.Sender, letter.Recipient);
    }

    // The guardian and the hypervisors below it.
    private bool IsOurs(ActorPath recipient) => IsGuardian(recipient) || IsGuardian(recipient.Parent);

    private bool IsGuardian(ActorPath path) => string.Equals(path.ToStringWithoutAddress(), _guardian, StringComparison.Ordinal);
}
