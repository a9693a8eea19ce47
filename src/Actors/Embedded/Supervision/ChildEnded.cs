namespace Actors.Embedded;

/// <summary>Tells a parent that a child has ended for good.</summary>
internal sealed class ChildEnded(ActorCell child) : ControlSignal
{
    public override void Apply(ActorCell cell) => cell.ForgetChild(child);
}
