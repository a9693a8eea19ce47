namespace Actors.Embedded;

/// <summary>Where an actor's cell stands in its life. Changed within the cell's turn only.</summary>
internal enum ActorPhase
{
    /// <summary>An instance is to be made and started.</summary>
    StartDue,

    /// <summary>The instance is starting.</summary>
    Starting,

    /// <summary>Messages are handled.</summary>
    Active,

    /// <summary>The instance has failed; the supervisor's verdict is awaited.</summary>
    Failed,

    /// <summary>The instance's children are ending, before the instance does.</summary>
    EndingChildren,

    /// <summary>The instance is ending.</summary>
    EndingInstance,

    /// <summary>No instance; the delay before the next one runs.</summary>
    Backoff,

    /// <summary>Ended for good.</summary>
    Ended,
}
