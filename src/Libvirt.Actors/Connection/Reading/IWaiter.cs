namespace Libvirt.Connection;

/// <summary>A caller, a reader or writer of a stream or a subscriber: what it waits for has come, and it has not been told.</summary>
internal interface IWaiter
{
    /// <summary>How long it may hold up the thread where it goes on on the reading one.</summary>
    TimeSpan Allowance { get; }

    /// <summary>Tells it, once; the object may serve another one right after.</summary>
    /// <param name="inline">Whether it goes on on this thread, for as long as it likes, instead of through the thread pool.</param>
    void Tell(bool inline);
}
