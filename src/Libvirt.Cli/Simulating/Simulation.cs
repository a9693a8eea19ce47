using System.Globalization;
using Libvirt.Cli.Failures;
using Libvirt.Simulator;

namespace Libvirt.Cli.Simulating;

/// <summary>
/// A simulator that serves until it is disposed. Nothing of this class may be touched by other commands: the simulator's assembly is loaded with it.
/// </summary>
internal sealed class Simulation : IAsyncDisposable
{
    private readonly HypervisorSimulator _simulator;
    private readonly Scenario? _scenario;

    private Simulation(Scenario? scenario, string? storage)
    {
        _scenario = scenario;
        _simulator = new HypervisorSimulator(new SimulatorOptions { StorageFolder = storage is null ? null : Path.GetFullPath(storage) });
    }

    /// <summary>The hosts and the URIs that reach them, in order.</summary>
    public IReadOnlyList<(string Host, IReadOnlyList<string> Uris)> Hosts { get; private set; } = [];

    /// <summary>Makes the hosts and listens for their clients.</summary>
    /// <param name="hosts">How many; null for as many as the script defines, or one.</param>
    /// <param name="listen">Where.</param>
    /// <param name="script">The scenario's text; null for none.</param>
    /// <param name="storage">The folder for volumes; null for in memory.</param>
    /// <param name="warnings">Receives a line for each address that other hosts can reach.</param>
    /// <exception cref="UsageException">The script makes no sense, or an address or the folder cannot be used.</exception>
    public static async Task<Simulation> StartAsync(int? hosts, IReadOnlyList<string> listen, string? script, string? storage, TextWriter warnings)
    {
        ListenAddress[] addresses = [.. listen.Select(ListenAddress.Parse)];
        foreach (ListenAddress address in addresses.Where(address => address.IsReachableFromOtherHosts))
            warnings.WriteLine($"warning: {address} can be reached from other hosts, and the simulator does not authenticate its clients");
        Simulation simulation;
        try
        {
            simulation = new Simulation(script is null ? null : Scenario.Parse(script), storage);
        }
        catch (ScenarioException e)
        {
            throw new UsageException($"the script makes no sense: {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw Unusable(e);
        }

        try
        {
            simulation.AddHosts(hosts);
            simulation.Serve(addresses);
            return simulation;
        }
        catch
        {
            await simulation.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    private void AddHosts(int? hosts)
    {
        try
        {
            _scenario?.AddHosts(_simulator);
            int count = Math.Max(hosts ?? (_simulator.Hosts.Count == 0 ? 1 : 0), _simulator.Hosts.Count);
            for (int n = 1; _simulator.Hosts.Count < count; n++)
                AddOrdinaryHost(n);
        }
        catch (ScenarioException e)
        {
            throw new UsageException($"the script makes no sense: {e.Message}", e);
        }
        catch (Exception e) when (_simulator.Options.StorageFolder is not null && e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unusable(e);
        }
    }

    private static UsageException Unusable(Exception e) => new($"the folder for volumes cannot be used: {e.Message}", e);

    private void Serve(ListenAddress[] addresses)
    {
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
