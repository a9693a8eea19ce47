namespace Libvirt.TestKit;

/// <summary>The bytes in transit between the runtime and the simulated daemons.</summary>
internal sealed class Traffic : IExternalActivity
{
    private readonly Lock _gate = new();
    private readonly List<TrafficLink> _links = [];
    private long _movements;

    public long Movements => Interlocked.Read(ref _movements);

    public bool IsQuiet
    {
        get
        {
            lock (_gate)
                return _links.TrueForAll(link => link.ToServer.IsQuiet && link.ToClient.IsQuiet);
        }
    }

    public TrafficLink Add()
    {
        TrafficLink link = new(new TrafficWay(this), new TrafficWay(this));
        lock (_gate)
        {
            _links.RemoveAll(static link => link.ToServer.IsClosed && link.ToClient.IsClosed);
            _links.Add(link);
        }

        return link;
    }

    public void Moved() => Interlocked.Increment(ref _movements);
}
