using Akka.Actor;
using Libvirt.Messages;

namespace Libvirt;

/// <summary>What the guardian knows of a hypervisor that has an actor, or is about to.</summary>
internal sealed class RunningHypervisor(StartHypervisor start, string name)
{
    public StartHypervisor Start => start;

    /// <summary>The name that it was added with, or that of its actor.</summary>
    public string Name => name;

    /// <summary>Its actor; <see cref="ActorRefs.Nobody"/> while it is being created.</summary>
    public IActorRef Actor { get; set; } = ActorRefs.Nobody;

    /// <summary>The last state that the guardian was told, and has told its subscribers.</summary>
    public HypervisorState State { get; set; } = start.Link.States.Current;

    public HypervisorEntry ToEntry() => new(name, start.Settings.Uri.Text, Actor, State);
}
