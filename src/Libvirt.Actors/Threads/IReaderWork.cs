namespace Libvirt.Threads;

/// <summary>What the thread that holds a <see cref="ReaderLease"/> does.</summary>
internal interface IReaderWork
{
    /// <summary>Waits a moment for bytes and handles those that came.</summary>
    /// <param name="unblocked">Collects the continuations that they unblocked; the thread runs them afterwards.</param>
    ReaderStep Step(List<IContinuation> unblocked);

    /// <summary>No thread holds the lease any more.</summary>
    /// <param name="ended">Whether there is nothing more to do.</param>
    /// <param name="error">What a step threw; null when none did.</param>
    void Leave(bool ended, Exception? error);
}
