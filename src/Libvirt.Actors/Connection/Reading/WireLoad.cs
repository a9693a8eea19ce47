namespace Libvirt.Connection;

/// <summary>What a reading thread may know of its connection's calls without asking it: as they were at the end of a turn.</summary>
internal sealed class WireLoad
{
    private volatile int _calls;
    private volatile int _left;
    private volatile bool _hasCallsToSendAhead;

    /// <summary>How many calls the daemon has not answered.</summary>
    public int Calls => _calls;

    /// <summary>How many of them were left when the last replies had been taken, before any others were sent.</summary>
    public int Left => _left;

    /// <summary>Whether calls wait that would be sent, if only the connection had a turn for it.</summary>
    public bool HasCallsToSendAhead => _hasCallsToSendAhead;

    /// <summary>Replies have been taken.</summary>
    public void Routed(int left) => _left = left;

    /// <summary>A turn is over.</summary>
    public void Set(int calls, bool hasCallsToSendAhead)
    {
        _calls = calls;
        _hasCallsToSendAhead = hasCallsToSendAhead;
    }
}
