using System.Globalization;
using Libvirt.Simulator;

namespace Libvirt.Scale;

/// <summary>The process that has the hypervisors: it obeys one command a line, and says when it has.</summary>
internal static class HypervisorFarm
{
    /// <summary>How many sockets the hypervisors share; one alone could not hold as many clients that wait to be accepted.</summary>
    public const int Sockets = 32;

    public static string SocketOf(string directory, int index) => Path.Combine(directory, $"farm-{index % Sockets}");

    public static async Task RunAsync(string directory, int count)
    {
        await using HypervisorSimulator simulator = new();
        for (int i = 0; i < count; i++)
            simulator.AddHost($"hv{i}").Domains.Define("guest", memoryMiB: 512, vcpus: 1, running: true);
        for (int i = 0; i < Sockets; i++)
            simulator.ListenUnix(SocketOf(directory, i));
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Obey(simulator, line.Split(' '));
            Console.WriteLine("done");
        }
    }

    private static void Obey(HypervisorSimulator simulator, string[] words)
    {
        Action<SimulatedHost> act = words switch
        {
            ["drop"] => host => host.DropClients(),
            ["down", var seconds] => host => host.CrashDaemon(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))),
            ["storm", var events] => host => host.EmitStorm(int.Parse(events, CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"no command: {string.Join(' ', words)}"),
        };
        Parallel.ForEach(simulator.Hosts, act);
    }
}
