using Libvirt.Simulator;

namespace Libvirt.Bench.Work;

/// <summary>A simulated host on a socket, for as long as standard input is open.</summary>
internal static class SimulatorWork
{
    public static async Task<int> RunAsync(string socket)
    {
        await using HypervisorSimulator simulator = new();
        simulator.AddHost("hv1");
        simulator.ListenUnix(socket);
        Console.WriteLine("listening");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
