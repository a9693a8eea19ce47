namespace Actors;

/// <summary>
/// What becomes of an actor that failed: in its factory, in <c>OnStartAsync</c>, in a message or at a batch's end. A failure to start cannot be
/// resumed; <see cref="Directive.Resume"/> counts as <see cref="Directive.Restart"/> there.
/// </summary>
public sealed record SupervisionPolicy
{
    private readonly int? _maxRestarts;

    /// <summary>Restarts without delay, at most 10 times in a minute, then stops.</summary>
    public static SupervisionPolicy Default { get; } = new() { MaxRestarts = 10, Window = TimeSpan.FromMinutes(1) };

    /// <summary>Stops on the first failure.</summary>
    public static SupervisionPolicy StopOnFailure { get; } = new() { Decide = static _ => Directive.Stop };

    /// <summary>Passes every failure on to the grandparent.</summary>
    public static SupervisionPolicy EscalateFailure { get; } = new() { Decide = static _ => Directive.Escalate };

    /// <summary>
    /// Maps a failure to a directive, within a turn of the parent, so that it may use the parent's state. Default: restart. A throw here
    /// counts as <see cref="Directive.Escalate"/>. For an actor at the top of the tree it runs on the thread that saw the failure.
    /// </summary>
    public Func<Exception, Directive> Decide { get; init; } = static _ => Directive.Restart;

    /// <summary>The delay before each restart; none by default.</summary>
    public BackoffPolicy Backoff { get; init; } = BackoffPolicy.None;

    /// <summary>How many restarts are allowed within <see cref="Window"/>; null for no limit. One more stops the actor.</summary>
    public int? MaxRestarts
    {
        get => _maxRestarts;
        init
        {
            if (value is { } limit)
                ArgumentOutOfRangeException.ThrowIfNegative(limit);
            _maxRestarts = value;
        }
    }

    /// <summary>The sliding window of <see cref="MaxRestarts"/>. Default infinite: the limit counts over the actor's life.</summary>
    public TimeSpan Window { get; init; } = Timeout.InfiniteTimeSpan;
}
