using System.Runtime.CompilerServices;
using Akka.Actor;
using Libvirt.Simulator;

namespace Libvirt.TestKit;

/// <summary>
/// A whole installation for one test: simulated hypervisors, the runtime that steers them, and one virtual clock for both. Connections are in memory.
/// Derive a test class from it, or hold one; dispose it at the end, which fails when actors or timers are left behind. A test class that derives from a test kit of
/// Akka.NET holds one with the test kit's own actor system.
/// </summary>
/// <remarks>
/// Time stands still until <see cref="AdvanceAsync"/>, <see cref="UntilAsync(Func{bool}, TimeSpan?, string)"/> or
/// <see cref="CompleteAsync{T}(Task{T}, TimeSpan?)"/> lets it pass: a call that is answered at once needs none of them. What a test's own code does must
/// take its time from <see cref="Time"/>.
/// </remarks>
public class LibvirtScenario : IAsyncDisposable
{
    /// <summary>Makes an installation without hosts.</summary>
    /// <param name="options">The defaults when null.</param>
    public LibvirtScenario(LibvirtScenarioOptions? options = null)
        : this(new VirtualActorSystem(options?.Kit), options?.Simulator)
    {
    }

    /// <summary>Makes an installation without hosts, whose runtime is that of an actor system on virtual time. Disposing does not terminate the system.</summary>
    /// <param name="system">
    /// The actor system, such as the <c>Sys</c> of a test kit whose base class was given the configuration of <see cref="VirtualTime.Config"/>.
    /// </param>
    /// <param name="simulator">How the simulated daemons behave; the defaults when null.</param>
    /// <exception cref="Akka.Configuration.ConfigurationException">The system does not run on virtual time.</exception>
    public LibvirtScenario(ActorSystem system, SimulatorOptions? simulator = null)
        : this(new VirtualActorSystem(system), simulator)
    {
    }

    private LibvirtScenario(VirtualActorSystem kit, SimulatorOptions? simulator)
    {
        Kit = kit;
        Simulator = new HypervisorSimulator((simulator ?? new SimulatorOptions()) with { Time = Kit.Time });
        Runtime = LibvirtRuntime.For(Kit.System);
        Traffic traffic = new();
        kit.Include(traffic);
        Runtime.Connector = new MemoryConnector(Simulator, traffic);
    }

    /// <summary>The hypervisors.</summary>
    public HypervisorSimulator Simulator { get; }

    /// <summary>What goes wrong with them, and when.</summary>
    public SimulatorScript Script => Simulator.Script;

    /// <summary>The runtime under test. Whatever URI it is given, its connections lead to the simulated host of that name.</summary>
    public LibvirtRuntime Runtime { get; }

    /// <summary>The actor system of the runtime, with probes for actors of the test's own.</summary>
    public VirtualActorSystem Kit { get; }

    /// <summary>The clock of everything.</summary>
    public VirtualTimeProvider Time => Kit.Time;

    /// <summary>What has been logged.</summary>
    public LogCapture Logs => Kit.Logs;

    /// <summary>Adds a simulated host. <c>qemu+tls://NAME/system</c>, with any transport, leads to it.</summary>
    /// <inheritdoc cref="HypervisorSimulator.AddHost"/>
    public SimulatedHost AddHost(string name = "hv1", SimulatedHardware? hardware = null) => Simulator.AddHost(name, hardware);

    /// <summary>A URI that leads to a host.</summary>
    public static string UriOf(SimulatedHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return $"qemu+tcp://{host.Name}/system";
    }

    /// <summary>Connects to a host, which must be up. The caller disposes the hypervisor.</summary>
    /// <inheritdoc cref="LibvirtRuntime.ConnectAsync(string, HypervisorOptions?, CancellationToken)"/>
    public ValueTask<Hypervisor> ConnectAsync(SimulatedHost host, HypervisorOptions? options = null, CancellationToken cancellationToken = default) =>
        Runtime.ConnectAsync(UriOf(host), options, cancellationToken);

    /// <inheritdoc cref="VirtualTime.SettleAsync"/>
    public Task SettleAsync() => Kit.SettleAsync();

    /// <inheritdoc cref="VirtualTime.AdvanceAsync"/>
    public Task AdvanceAsync(TimeSpan by) => Kit.AdvanceAsync(by);

    /// <inheritdoc cref="VirtualTime.UntilAsync"/>
    public Task UntilAsync(Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string expression = "") =>
        Kit.UntilAsync(condition, within, expression);

    /// <inheritdoc cref="VirtualTime.CompleteAsync{T}(Task{T}, TimeSpan?)"/>
    public Task<T> CompleteAsync<T>(Task<T> task, TimeSpan? within = null) => Kit.CompleteAsync(task, within);

    /// <inheritdoc cref="VirtualTime.CompleteAsync{T}(Task{T}, TimeSpan?)"/>
    public Task CompleteAsync(Task task, TimeSpan? within = null) => Kit.CompleteAsync(task, within);

    /// <summary>Ends the runtime, then the hypervisors.</summary>
    /// <exception cref="ExpectationException">Actors or timers are left.</exception>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Runtime.DisposeAsync().ConfigureAwait(false);
        await Simulator.DisposeAsync().ConfigureAwait(false);
        await Kit.DisposeAsync().ConfigureAwait(false);
    }
}
