using System.Diagnostics;

namespace Libvirt.TestKit;

/// <summary>Everything that passes between the runtime and the simulated daemons, to know when it has come to rest.</summary>
internal sealed class Traffic
{
    // What lies in front of a daemon that is frozen by script is never read; then it is enough that nothing moves.
    private const int StillEnough = 5;

    private readonly Lock _gate = new();
    private readonly List<TrafficLink> _links = [];
    private long _movements;

    private bool IsQuiet
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
            _links.Add(link);
        return link;
    }

    public void Stirred() => Interlocked.Increment(ref _movements);

    /// <summary>
    /// Returns when the actors have nothing to do, no byte is in transit, and the thread pool has finished what it had begun: twice in a row, since each of
    /// them can wake another.
    /// </summary>
    public async Task SettleAsync(VirtualActorSystem kit)
    {
        long start = Stopwatch.GetTimestamp();
        for (int still = 0; still < StillEnough;)
        {
            long before = Interlocked.Read(ref _movements);
            await kit.SettleAsync().ConfigureAwait(false);
            if (Interlocked.Read(ref _movements) != before)
                still = 0;
            else if (still > 0 && IsQuiet)
                return;
            else
                still++;
            if (Stopwatch.GetElapsedTime(start) > kit.RealTimeLimit)
                throw new ExpectationException($"Expected the connections to come to rest, but within {kit.RealTimeLimit} of real time they did not.");
        }
    }
}
