namespace Libvirt.Simulator;

/// <summary>
/// What a guest has used so far. All of it follows from how long it has run and from a temper of its own that its UUID gives it, so the same
/// guest at the same time always has the same figures.
/// </summary>
internal readonly struct GuestStatistics
{
    private readonly DomainDefinition _definition;
    private readonly double _seconds;
    private readonly byte[] _temper;
    private readonly double _busy;

    public GuestStatistics(DomainDefinition definition, TimeSpan runTime, double? cpuLoad)
    {
        _definition = definition;
        _seconds = runTime.TotalSeconds;
        _temper = definition.Uuid.ToByteArray();
        _busy = cpuLoad * _seconds ?? Busy(_seconds, load: 0.05 + _temper[10] / 256.0 * 0.55, phase: _temper[9] / 40.0);
    }

    /// <summary>Nanoseconds of all CPUs together.</summary>
    public ulong CpuTime => (ulong)(_busy * 1e9 * _definition.Vcpus);

    /// <summary>Nanoseconds of one CPU.</summary>
    public ulong VcpuTime => CpuTime / (ulong)Math.Max(1, _definition.Vcpus);

    public ulong UserTime => CpuTime * 7 / 10;

    public ulong SystemTime => CpuTime - UserTime;

    /// <summary>KiB that the guest has no use for; it breathes slowly.</summary>
    public ulong UnusedKiB => (ulong)(_definition.CurrentMemoryKiB * (0.35 + 0.15 * Math.Sin(_seconds / 30 + _temper[11])));

    public ulong RssKiB => _definition.CurrentMemoryKiB - UnusedKiB + (64 << 10);

    public ulong ReadRequests => Count(3 + _temper[12] % 40);

    public ulong ReadBytes => ReadRequests * 16384;

    public ulong WriteRequests => Count(2 + _temper[13] % 25);

    public ulong WriteBytes => WriteRequests * 8192;

    public ulong ReceivedPackets => Count(5 + _temper[14] % 90);

    public ulong ReceivedBytes => ReceivedPackets * 640;

    public ulong SentPackets => Count(4 + _temper[15] % 60);

    public ulong SentBytes => SentPackets * 420;

    // A load that swells and ebbs around its mean by half of it, and never stands still.
    private static double Busy(double seconds, double load, double phase)
    {
        const double Breath = 4;
        return load * (seconds + 0.5 * Breath * (Math.Cos(phase) - Math.Cos(seconds / Breath + phase)));
    }

    private ulong Count(int perSecond) => (ulong)(_seconds * perSecond);
}
