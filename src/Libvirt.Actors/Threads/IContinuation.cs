namespace Libvirt.Threads;

/// <summary>A caller, a user of a stream or a subscriber whose wait is over but who has not continued yet.</summary>
internal interface IContinuation
{
    /// <summary>Continues it, once; the object may serve another wait right after.</summary>
    /// <param name="inline">Whether it runs on this thread, for as long as it likes, instead of on the thread pool.</param>
    void Continue(bool inline);
}
