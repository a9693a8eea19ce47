namespace Actors.Embedded;

/// <summary>Tells an actor that the delay before its next instance is over.</summary>
internal sealed class BackoffElapsed : ControlSignal
{
    public override void Apply(ActorCell cell) => cell.EndBackoff();
}
