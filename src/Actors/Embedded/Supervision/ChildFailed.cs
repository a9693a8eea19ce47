namespace Actors.Embedded;

/// <summary>Tells a parent that a child waits for its verdict.</summary>
internal sealed class ChildFailed(ActorCell child, Failure failure) : ControlSignal
{
    public override void Apply(ActorCell cell) => cell.Judge(child, failure);
}
