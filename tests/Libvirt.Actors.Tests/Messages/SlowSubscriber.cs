using Akka.Actor;

namespace Libvirt.Tests.Messages;

/// <summary>Passes what it receives on to a probe. While it is paused, its mailbox is suspended, so that messages wait in it.</summary>
internal sealed class SlowSubscriber(IActorRef reader) : UntypedActor
{
    /// <summary>Suspends the mailbox behind the messages that are in it.</summary>
    public static object Pause { get; } = new PauseMessage();

    /// <summary>Continues with the messages that wait.</summary>
    public static void Resume(IActorRef actor) => ((IInternalActorRef)actor).Resume(null);

    protected override void OnReceive(object message)
    {
        if (ReferenceEquals(message, Pause))
            ((IInternalActorRef)Self).Suspend();
        else
            reader.Forward(message);
    }

    private sealed record PauseMessage : INoSerializationVerificationNeeded;
}
