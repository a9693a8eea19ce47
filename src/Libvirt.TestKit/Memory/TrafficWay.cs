namespace Libvirt.TestKit;

/// <summary>One direction of a connection: how many bytes were written to it and are not read yet.</summary>
internal sealed class TrafficWay(Traffic traffic)
{
    private long _unread;
    private volatile bool _isClosed;

    public bool IsClosed => _isClosed;

    /// <summary>Whether every byte that was written has been read, or never will be.</summary>
    public bool IsQuiet => _isClosed || Interlocked.Read(ref _unread) == 0;

    public void Written(int bytes)
    {
        Interlocked.Add(ref _unread, bytes);
        traffic.Moved();
    }

    public void Read(int bytes)
    {
        Interlocked.Add(ref _unread, -bytes);
        traffic.Moved();
    }

    public void Close()
    {
        _isClosed = true;
        traffic.Moved();
    }
}

/// <summary>Both directions of a connection.</summary>
internal sealed record TrafficLink(TrafficWay ToServer, TrafficWay ToClient);
