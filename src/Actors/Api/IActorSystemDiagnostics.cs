namespace Actors;

/// <summary>What an engine may offer to tests beyond <see cref="IActorSystem"/>: to know when nothing goes on any more.</summary>
public interface IActorSystemDiagnostics
{
    /// <summary>Whether the system was created to track its activity. The other members throw when it was not.</summary>
    bool IsTracking { get; }

    /// <summary>Actors whose current handler awaits something. They count as idle: only what they await can wake them.</summary>
    int AwaitingActors { get; }

    /// <summary>How many times an actor has got or resumed a turn. Grows whenever anything happens.</summary>
    long Turns { get; }

    /// <summary>Completes when no actor has a turn to run: every message, notice and signal has been worked off or is held back.</summary>
    /// <exception cref="InvalidOperationException">The system does not track its activity.</exception>
    Task WhenIdleAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts something outside of any actor as activity, such as a completion on its way to one. Free-threaded.</summary>
    void BeginActivity();

    /// <summary>Ends what <see cref="BeginActivity"/> began.</summary>
    void EndActivity();
}
