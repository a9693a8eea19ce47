using Libvirt.Testing;

namespace Libvirt.Bench.Fleets;

/// <summary>
/// Many daemons on this machine. The first few serve a small QEMU guest, the others the domain of the test driver. They end when disposed or when this
/// process ends.
/// </summary>
internal sealed class DaemonFleet : IAsyncDisposable
{
    /// <summary>How many daemons there are.</summary>
    public const int Size = 50;

    /// <summary>How many of them have a QEMU guest.</summary>
    public const int Guests = 3;

    private const int StartedAtOnce = 4;
    private const string GuestName = "guest";
    private const string TestDomainName = "test";

    private readonly LibvirtRuntime _runtime = LibvirtRuntime.Create();
    private readonly LibvirtDaemon?[] _daemons = new LibvirtDaemon?[Size];
    private readonly Domain[] _domains = new Domain[Size];

    private DaemonFleet()
    {
    }

    /// <summary>A file that names a driver and a socket per line, for the contenders.</summary>
    public string MembersFile { get; } = Scratch.NewPath("members");

    /// <summary>The one domain of each daemon. The connections behind them are not the contenders'; they keep the state of the test drivers.</summary>
    public IReadOnlyList<Domain> Domains => _domains;

    /// <summary>Starts the daemons and boots the guests.</summary>
    public static async Task<DaemonFleet> StartAsync()
    {
        DaemonFleet fleet = new();
        try
        {
            await Parallel.ForAsync(0, Size, new ParallelOptions { MaxDegreeOfParallelism = StartedAtOnce }, async (i, _) => await fleet.StartMemberAsync(i));
            await File.WriteAllLinesAsync(
                fleet.MembersFile, fleet._daemons.Select((daemon, i) => $"{(HasGuest(i) ? "qemu" : "test")} {daemon!.SocketPath}"));
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync();
        await Parallel.ForEachAsync(_daemons, async (daemon, _) => await (daemon?.DisposeAsync() ?? default));
    }

    private static bool HasGuest(int index) => index < Guests;

    private async Task StartMemberAsync(int index)
    {
        LibvirtDaemon daemon = _daemons[index] = await LibvirtDaemon.StartAsync();
        if (HasGuest(index))
            await BootGuestAsync(daemon);
        Hypervisor hypervisor = await _runtime.ConnectAsync(HasGuest(index) ? daemon.SessionUri : daemon.TestUri);
        _domains[index] = await hypervisor.LookupDomainByNameAsync(HasGuest(index) ? GuestName : TestDomainName);
    }

    // A booting guest takes a processor from the contenders.
    private static async Task BootGuestAsync(LibvirtDaemon daemon)
    {
        string serial = Path.Combine(daemon.DataDirectory, "serial.log");
        await daemon.CreateGuestAsync(new GuestDefinition { Name = GuestName, SerialFile = serial });
        await Eventually.IsTrueAsync(() => File.ReadAllText(serial).Contains(GuestImage.ReadyMark, StringComparison.Ordinal), TimeSpan.FromMinutes(3));
    }
}
