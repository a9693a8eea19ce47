using Libvirt.Simulator;

namespace Libvirt.TestKit;

/// <summary>How a <see cref="LibvirtScenario"/> is set up.</summary>
public sealed record LibvirtScenarioOptions
{
    /// <summary>How the simulated daemons behave. Their clock is the scenario's, whatever <see cref="SimulatorOptions.Time"/> says.</summary>
    public SimulatorOptions Simulator { get; init; } = new();

    /// <summary>The virtual clock's start, where logs are printed, and the limit of real time for each wait.</summary>
    public VirtualActorSystemOptions Kit { get; init; } = new();
}
