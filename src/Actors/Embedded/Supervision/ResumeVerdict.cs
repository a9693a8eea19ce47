namespace Actors.Embedded;

/// <summary>Tells a failed actor to go on with the same instance.</summary>
internal sealed class ResumeVerdict : ControlSignal
{
    public override void Apply(ActorCell cell) => cell.Resume();
}
