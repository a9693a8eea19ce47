namespace Libvirt.Connections;

/// <summary>What a reader thread may know about its connection's calls: the state at the end of the last turn.</summary>
internal sealed class WireLoad
{
    private volatile bool _hasCallsToSendAhead;

    /// <summary>Whether calls wait that the connection would send ahead in a turn of their own.</summary>
    public bool HasCallsToSendAhead
    {
        get => _hasCallsToSendAhead;
        set => _hasCallsToSendAhead = value;
    }
}
