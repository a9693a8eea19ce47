using System.Threading.Channels;
using Akka.Actor;

namespace Libvirt.Tests.Serialization;

/// <summary>An actor on real time whose messages the test reads one by one.</summary>
internal sealed class RemoteMailbox
{
    private readonly Channel<(object Message, IActorRef Sender)> _messages = Channel.CreateUnbounded<(object, IActorRef)>();

    public RemoteMailbox(ActorSystem system)
    {
        Ref = system.ActorOf(Props.Create(() => new Reader(_messages.Writer)));
    }

    public IActorRef Ref { get; }

    /// <summary>The sender of the message that was read last.</summary>
    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    /// <summary>The next message, which must be of that type.</summary>
    public async Task<T> NextAsync<T>()
    {
        (object message, LastSender) = await _messages.Reader.ReadAsync().AsTask().WaitAsync(TwoNodes.Limit);
        return message is T expected
            ? expected
            : throw new InvalidOperationException($"Expected a {typeof(T).Name}, but received {message}.", (message as Status.Failure)?.Cause);
    }

    private sealed class Reader(ChannelWriter<(object Message, IActorRef Sender)> messages) : UntypedActor
    {
        protected override void OnReceive(object message) => messages.TryWrite((message, Sender));
    }
}
