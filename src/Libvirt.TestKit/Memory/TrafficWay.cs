namespace Libvirt.TestKit;

/// <summary>One direction of a connection: what has been written into it, and what has come out.</summary>
internal sealed class TrafficWay(Traffic traffic)
{
    private long _underWay;
    private volatile bool _isClosed;

    /// <summary>Whether nobody has written what nobody has read.</summary>
    public bool IsQuiet => _isClosed || Interlocked.Read(ref _underWay) == 0;

    public void IsWritten(int bytes)
    {
        Interlocked.Add(ref _underWay, bytes);
        traffic.Stirred();
    }

    public void HasBeenRead(int bytes)
    {
        Interlocked.Add(ref _underWay, -bytes);
        traffic.Stirred();
    }

    public void Close()
    {
        _isClosed = true;
        traffic.Stirred();
    }
}

/// <summary>Both directions of a connection.</summary>
internal sealed record TrafficLink(TrafficWay ToServer, TrafficWay ToClient);
