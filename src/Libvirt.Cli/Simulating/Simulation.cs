using System.Globalization;
using Libvirt.Cli.Failures;
using Libvirt.Simulator;

namespace Libvirt.Cli.Simulating;

/// <summary>
/// A simulator that serves until it is disposed. Nothing of this class may be touched by other commands: the simulator's assembly is loaded with it.
/// </summary>
internal sealed class Simulation : IAsyncDisposable
{
    private readonly HypervisorSimulator _simulator = new();
    private readonly Scenario? _scenario;

    private Simulation(Scenario? scenario) => _scenario = scenario;

    /// <summary>The hosts and the URIs that reach them, in order.</summary>
    public IReadOnlyList<(string Host, IReadOnlyList<string> Uris)> Hosts { get; private set; } = [];

    /// <summary>Makes the hosts and listens for their clients.</summary>
    /// <param name="hosts">How many; null for as many as the script defines, or one.</param>
    /// <param name="listen">Where.</param>
    /// <param name="script">The scenario's text; null for none.</param>
    /// <exception cref="UsageException">The script makes no sense, or an address cannot be used.</exception>
    public static async Task<Simulation> StartAsync(int? hosts, IReadOnlyList<string> listen, string? script)
    {
        ListenAddress[] addresses = [.. listen.Select(ListenAddress.Parse)];
        Simulation simulation;
        try
        {
            simulation = new Simulation(script is null ? null : Scenario.Parse(script));
        }
        catch (ScenarioException e)
        {
            throw new UsageException($"the script makes no sense: {e.Message}", e);
        }

        try
        {
            simulation.Start(hosts, addresses);
            return simulation;
        }
        catch
        {
            await simulation.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    private void Start(int? hosts, ListenAddress[] addresses)
    {
        try
        {
            _scenario?.AddHosts(_simulator);
        }
        catch (ScenarioException e)
        {
            throw new UsageException($"the script makes no sense: {e.Message}", e);
        }

        int count = Math.Max(hosts ?? (_simulator.Hosts.Count == 0 ? 1 : 0), _simulator.Hosts.Count);
        for (int n = 1; _simulator.Hosts.Count < count; n++)
            AddOrdinaryHost(n);
        Hosts = [.. _simulator.Hosts.Select((host, index) => (host.Name, (IReadOnlyList<string>)[.. addresses.Select(a => a.Open(_simulator, host, index))]))];
        _scenario?.Begin(_simulator);
    }

    private void AddOrdinaryHost(int number)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"hv{number}");
        if (_simulator.FindHost(name) is not null)
            return;
        SimulatedHost host = _simulator.AddHost(name);
        host.Domains.Define("web", memoryMiB: 512, vcpus: 2, running: true);
        host.Domains.Define("db", memoryMiB: 2048, vcpus: 4, running: true);
        host.Domains.Define("spare", memoryMiB: 256, vcpus: 1, running: false);
    }
}
