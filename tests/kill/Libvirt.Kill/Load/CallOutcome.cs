namespace Libvirt.Kill.Load;

/// <summary>How a call ended.</summary>
internal enum CallOutcome
{
    /// <summary>With its answer.</summary>
    Answered,

    /// <summary>With an error of the daemon.</summary>
    Refused,

    /// <summary>With a lost connection, after it may have reached the daemon.</summary>
    LostSent,

    /// <summary>With a lost connection, before it was sent.</summary>
    LostNotSent,

    /// <summary>With its deadline.</summary>
    TimedOut,

    /// <summary>With another exception, or with an answer that does not belong to it.</summary>
    Unexpected,
}
