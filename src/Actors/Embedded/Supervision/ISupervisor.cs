namespace Actors.Embedded;

/// <summary>Who answers for an actor: its parent's cell, or the top of the tree.</summary>
internal interface ISupervisor
{
    /// <summary>A child has failed and waits for a verdict.</summary>
    void ReportFailure(ActorCell child, Failure failure);

    /// <summary>A child has ended for good.</summary>
    void ReportEnd(ActorCell child);
}
