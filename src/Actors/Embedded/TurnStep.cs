namespace Actors.Embedded;

/// <summary>Which of the actor's own members a turn is running or awaiting.</summary>
internal enum TurnStep
{
    None,
    Start,
    Message,
    BatchEnd,
    Stop,
}
