namespace Libvirt.Simulator;

/// <summary>What a simulated host consists of.</summary>
public sealed record SimulatedHardware
{
    /// <summary>The CPU model, at most 31 characters.</summary>
    public string CpuModel { get; init; } = "x86_64";

    /// <summary>Memory in KiB.</summary>
    public ulong MemoryKiB { get; init; } = 64UL << 20;

    /// <summary>CPU sockets.</summary>
    public int Sockets { get; init; } = 2;

    /// <summary>Cores of a socket.</summary>
    public int Cores { get; init; } = 8;

    /// <summary>Threads of a core.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>The CPUs' clock in MHz.</summary>
    public int Mhz { get; init; } = 2600;

    /// <summary>All CPUs together.</summary>
    public int Cpus => Sockets * Cores * Threads;
}
