using System.Text.Json;

namespace Libvirt.Simulator;

/// <summary>
/// Hosts, what they hold, what happens to them and what goes wrong, written down as JSON; docs/simulator.md describes the format. One scenario may be
/// given to any number of simulators.
/// </summary>
public sealed class Scenario
{
    private readonly IReadOnlyList<HostPlan> _hosts;
    private readonly IReadOnlyList<Action<HypervisorSimulator>> _course;

    private Scenario(IReadOnlyList<HostPlan> hosts, IReadOnlyList<Action<HypervisorSimulator>> course)
    {
        _hosts = hosts;
        _course = course;
    }

    /// <summary>The names of the hosts it defines, in its order.</summary>
    public IReadOnlyList<string> HostNames => [.. _hosts.Select(host => host.Name)];

    /// <summary>Reads a scenario and checks all of it. Comments and trailing commas are allowed.</summary>
    /// <exception cref="ScenarioException">It is not JSON, or says something that makes no sense.</exception>
    public static Scenario Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        ScenarioDocument document;
        try
        {
            document = JsonSerializer.Deserialize(json, ScenarioJson.Default.ScenarioDocument) ?? throw new ScenarioException("The scenario is empty.");
        }
        catch (JsonException e)
        {
            throw new ScenarioException(e.Message, e);
        }

        IReadOnlyList<HostPlan> hosts = HostPlan.Expand(document.Hosts);
        HashSet<string> names = [.. hosts.Select(host => host.Name)];
        return new Scenario(
            hosts,
            [
                .. document.Timeline.Select((entry, index) => Checked($"timeline[{index}]", () => Timeline.Compile(entry, names))),
                .. document.Faults.Select((entry, index) => Checked($"faults[{index}]", () => Faults.Compile(entry, names))),
            ]);
    }

    /// <summary>Adds its hosts with all they hold.</summary>
    /// <exception cref="ArgumentException">The simulator has a host of one of the names.</exception>
    /// <exception cref="ScenarioException">A guest's document cannot be used.</exception>
    public void AddHosts(HypervisorSimulator simulator)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        foreach (HostPlan host in _hosts)
            host.AddTo(simulator);
    }

    /// <summary>Lets its faults hold and its timeline begin: its times count from now, on the simulator's clock.</summary>
    public void Begin(HypervisorSimulator simulator)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        foreach (Action<HypervisorSimulator> step in _course)
            step(simulator);
    }

    private static T Checked<T>(string where, Func<T> compile)
    {
        try
        {
            return compile();
        }
        catch (ScenarioException e)
        {
            throw new ScenarioException($"{where}: {e.Message}", e);
        }
    }
}
