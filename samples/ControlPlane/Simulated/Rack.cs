using Libvirt;
using Libvirt.Simulator;

namespace ControlPlane.Simulated;

/// <summary>Three simulated hosts of ten guests each, on sockets in a directory of their own, where something happens all the time.</summary>
internal sealed class Rack : IAsyncDisposable
{
    /// <summary>The guest whose console is used; nobody else touches it.</summary>
    public const string Quiet = "db-1";

    /// <summary>The volume that is downloaded.</summary>
    public const string Image = "golden.img";

    private const int MiB = 1 << 20;

    private static readonly (string Name, int MemoryMiB, int Vcpus)[] Guests =
    [
        ("web-1", 512, 2), ("web-2", 512, 2), ("web-3", 512, 2), ("web-4", 512, 2), ("db-1", 4096, 4),
        ("db-2", 4096, 4), ("cache", 1024, 1), ("mail", 768, 1), ("build", 2048, 8), ("backup", 256, 1),
    ];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("control-plane-");
    private readonly HypervisorSimulator _simulator = new();
    private readonly Random _random = new(3);

    public Rack(double pace)
    {
        Hosts = [.. Enumerable.Range(1, 3).Select(number => Furnish(_simulator.AddHost($"hv{number}"), pace))];
        Uris = [.. Hosts.Select(host => _simulator.ListenUnix(Path.Combine(_directory.FullName, host.Name), host).Uri())];
        _simulator.Script.Every(TimeSpan.FromMilliseconds(700) / pace, _ => Stir());
    }

    public IReadOnlyList<SimulatedHost> Hosts { get; }

    public IReadOnlyList<string> Uris { get; }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static SimulatedHost Furnish(SimulatedHost host, double pace)
    {
        host.GuestBehavior = new GuestBehavior { ShutdownTime = TimeSpan.FromSeconds(1.5) / pace, RebootTime = TimeSpan.FromSeconds(1) / pace };
        foreach ((string name, int memory, int vcpus) in Guests)
            host.Domains.Define(name, memory, vcpus, running: true).Autostart = true;
        SimulatedVolume image = host.StoragePools["default"].AddVolume(Image, 64 * MiB);
        byte[] content = new byte[MiB];
        Random.Shared.NextBytes(content);
        for (int i = 0; i < 64; i++)
            image.Write((long)i * MiB, content);
        return host;
    }

    // What people and guests do all day.
    private void Stir()
    {
        SimulatedHost host = Hosts[_random.Next(Hosts.Count)];
        SimulatedDomain guest = host.Domains.All[_random.Next(Guests.Length)];
        if (!host.IsUp || guest.Name == Quiet)
            return;
        try
        {
            switch (guest.State)
            {
                case DomainState.Shutoff or DomainState.Crashed:
                    guest.Start();
                    break;
                case DomainState.Paused:
                    guest.Resume();
                    break;
                default:
                    Disturb(guest, _random.Next(10));
                    break;
            }
        }
        catch (SimulatedFailureException)
        {
            // The guest has changed its mind meanwhile.
        }
    }

    private static void Disturb(SimulatedDomain guest, int dice)
    {
        if (dice < 4)
            guest.Suspend();
        else if (dice < 7)
            guest.Reboot();
        else if (dice < 9)
            guest.Shutdown();
        else
            guest.Crash();
    }
}
