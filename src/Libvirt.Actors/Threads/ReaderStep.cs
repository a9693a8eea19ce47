namespace Libvirt.Threads;

/// <summary>The result of one receive on a reader thread.</summary>
internal enum ReaderStep
{
    /// <summary>Receive again.</summary>
    Continue,

    /// <summary>The connection does not need a thread for now: the shared loop reads it.</summary>
    Leave,

    /// <summary>The connection has ended.</summary>
    Ended,
}
