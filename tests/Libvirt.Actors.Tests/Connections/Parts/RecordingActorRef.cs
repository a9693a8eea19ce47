using Akka.Actor;

namespace Libvirt.Tests.Connections;

/// <summary>A reference that keeps what it is told, for classes that tell an actor something. It belongs to no actor system.</summary>
internal sealed class RecordingActorRef(string name) : MinimalActorRef
{
    private readonly Lock _gate = new();
    private readonly List<object> _messages = [];

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / name;

    public override IActorRefProvider Provider => throw new NotSupportedException("It belongs to no actor system.");

    /// <summary>What it was told so far, in order. Each message is returned once.</summary>
    public IReadOnlyList<object> Take()
    {
        lock (_gate)
        {
            object[] messages = [.. _messages];
            _messages.Clear();
            return messages;
        }
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        lock (_gate)
            _messages.Add(message);
    }
}
