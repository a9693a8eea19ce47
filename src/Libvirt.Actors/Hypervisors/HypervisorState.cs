namespace Libvirt;

/// <summary>Where a hypervisor stands. One of <see cref="Connecting"/>, <see cref="Ready"/>, <see cref="Backoff"/> and <see cref="Closed"/>.</summary>
public abstract record HypervisorState
{
    private HypervisorState()
    {
    }

    /// <summary>What went wrong last, where something did and has not been mended.</summary>
    internal Exception? Failure => this switch
    {
        Backoff backoff => backoff.Reason,
        Closed closed => closed.Reason,
        _ => null,
    };

    /// <summary>The state in words on one line, for logs and people: of a failure its message, not where in the code it was found.</summary>
    public sealed override string ToString() => this switch
    {
        Ready => "ready",
        Connecting connecting => $"connecting, attempt {connecting.Attempt}",
        Backoff backoff => $"attempt {backoff.Attempt} failed, the next one comes at {backoff.NextAttempt:O}: {backoff.Reason.Message}",
        Closed { Reason: { } reason } => $"closed: {reason.Message}",
        _ => "closed",
    };

    /// <summary>The daemon is being reached.</summary>
    /// <param name="Attempt">1 for the first attempt since the last success.</param>
    public sealed record Connecting(int Attempt) : HypervisorState;

    /// <summary>Calls are served.</summary>
    public sealed record Ready : HypervisorState;

    /// <summary>The connection was lost or could not be made; the next attempt is due later.</summary>
    /// <param name="Attempt">Attempts that have failed since the last success.</param>
    /// <param name="NextAttempt">When the next one begins.</param>
    /// <param name="Reason">Why the last one failed, or why the connection was lost.</param>
    public sealed record Backoff(int Attempt, DateTimeOffset NextAttempt, Exception Reason) : HypervisorState;

    /// <summary>Over. There is no way back; connect anew.</summary>
    /// <param name="Reason">What no retry can mend; null when it was closed in order.</param>
    public sealed record Closed(Exception? Reason) : HypervisorState;
}
