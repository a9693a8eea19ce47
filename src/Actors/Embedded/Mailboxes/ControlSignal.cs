namespace Actors.Embedded;

/// <summary>Something the engine has to tell an actor's cell. Seen even while the actor itself may not handle messages.</summary>
internal abstract class ControlSignal
{
    public ControlSignal? Next { get; set; }

    /// <summary>Takes effect, within the cell's turn.</summary>
    public abstract void Apply(ActorCell cell);
}
