namespace Actors;

/// <summary>An ask that has not been answered yet, as the deadlines of its system know it.</summary>
internal interface IPendingAsk
{
    /// <summary>The timestamp at which the ask ends; <see cref="long.MaxValue"/> for never. Fixed while the ask is listed.</summary>
    long Deadline { get; }

    /// <summary>Where it stands in the list; kept by the list, under its lock.</summary>
    int Index { get; set; }

    /// <summary>The message, when it has an identity to be found by.</summary>
    object? Message { get; }

    /// <summary>Ends the ask by its deadline.</summary>
    void Expire();

    /// <summary>Ends the ask because no actor will handle its message.</summary>
    void Fail(TellResult reason);
}
