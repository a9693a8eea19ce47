namespace Actors.Embedded;

/// <summary>Tells a failed actor to end its instance and begin another after a delay.</summary>
internal sealed class RestartVerdict(TimeSpan delay) : ControlSignal
{
    public override void Apply(ActorCell cell) => cell.Restart(delay);
}
