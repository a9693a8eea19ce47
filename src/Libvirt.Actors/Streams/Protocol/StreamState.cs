namespace Libvirt.Streams;

/// <summary>Where a stream stands in its one way through life.</summary>
internal enum StreamState
{
    /// <summary>Data may go both ways.</summary>
    Open,

    /// <summary>We have said that we are done, on our own account or because the daemon was; its acknowledgement is to come.</summary>
    Finishing,

    /// <summary>We have told the daemon to stop. What it had sent before still comes, then its acknowledgement.</summary>
    Aborting,

    /// <summary>Over for both sides.</summary>
    Ended,
}
