namespace Libvirt.Calls;

/// <summary>A call whose outcome is decided and whose asker has not been told.</summary>
internal interface IAnsweredCall
{
    /// <summary>How long the asker may hold the thread up where it goes on on the reading one.</summary>
    TimeSpan Allowance { get; }

    /// <summary>Tells the asker, once; the call may serve another one right after.</summary>
    /// <param name="inline">Whether the asker goes on on this thread, for as long as it likes, instead of through the thread pool.</param>
    void Tell(bool inline);
}
