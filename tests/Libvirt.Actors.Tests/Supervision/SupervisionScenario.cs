using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.TestKit;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Supervision;

/// <summary>
/// A runtime with two hypervisors on virtual time whose daemons are played by the test: one whose actors fail, and a neighbour that must not be affected.
/// </summary>
internal sealed class SupervisionScenario : IAsyncDisposable
{
    private const string Uri = "test:///default";

    private ScriptedDaemon? _neighboursDaemon;
    private bool _hasEnded;

    private SupervisionScenario()
    {
        Kit = new VirtualActorSystem(new VirtualActorSystemOptions { Config = ConfigurationFactory.ParseString("akka.actor.telemetry.enabled = on") });
        Failing = new FailingActors(Kit.System);
    }

    /// <summary>Short delays without chance, and one connection, so that every failure is the main connection's.</summary>
    public static HypervisorOptions Options { get; } = ConnectedScenario.Steady with { MaxConnections = 1, ReadTimeout = TimeSpan.FromMinutes(5) };

    public VirtualActorSystem Kit { get; }

    public FailingActors Failing { get; }

    public LibvirtRuntime Runtime { get; private set; } = null!;

    /// <summary>Where the hypervisor under test connects to.</summary>
    public ScriptedHost Host { get; } = new();

    public ScriptedDaemon Daemon { get; private set; } = null!;

    public Hypervisor Hypervisor { get; private set; } = null!;

    /// <summary>The hypervisor that must not be affected; null where there is none.</summary>
    public Hypervisor? Neighbour { get; private set; }

    /// <summary>Given: an actor system without a runtime.</summary>
    public static SupervisionScenario CreateSystem() => new();

    /// <summary>Given: a runtime where a neighbour serves calls.</summary>
    public static async Task<SupervisionScenario> CreateAsync()
    {
        SupervisionScenario scenario = new();
        scenario.CreateRuntime();
        ScriptedHost host = new();
        scenario.Runtime.Connector = host;
        Task<Hypervisor> connecting = scenario.Runtime.ConnectAsync("test+tcp://neighbour/default", Options).AsTask();
        scenario._neighboursDaemon = await host.NextAttemptAsync();
        await scenario._neighboursDaemon.PlayHandshakeAsync(keepAlive: false).InTimeAsync("The neighbour's handshake");
        scenario.Neighbour = await connecting.InTimeAsync("Connecting to the neighbour");
        scenario.Runtime.Connector = scenario.Host;
        return scenario;
    }

    /// <summary>Given: the same, and a hypervisor that serves calls.</summary>
    public static async Task<SupervisionScenario> ConnectedAsync(HypervisorOptions? options = null)
    {
        SupervisionScenario scenario = await CreateAsync();
        Task<Hypervisor> connecting = scenario.ConnectAsync(options);
        scenario.Daemon = await scenario.AcceptAsync();
        scenario.Hypervisor = await connecting.InTimeAsync("Connecting");
        return scenario;
    }

    public void CreateRuntime()
    {
        Runtime = LibvirtRuntime.For(Kit.System);
        Runtime.Connector = Host;
    }

    /// <summary>When: a program connects.</summary>
    public Task<Hypervisor> ConnectAsync(HypervisorOptions? options = null) => Runtime.ConnectAsync(Uri, options ?? Options).AsTask();

    /// <summary>When: a program adds the hypervisor and does not wait for it.</summary>
    public Hypervisor Add(HypervisorOptions? options = null) => Hypervisor = Runtime.Add(Uri, options ?? Options);

    /// <summary>The daemon that the next attempt to connect meets, after its handshake.</summary>
    public async Task<ScriptedDaemon> AcceptAsync()
    {
        ScriptedDaemon daemon = await Host.NextAttemptAsync();
        await daemon.PlayHandshakeAsync(keepAlive: false).InTimeAsync("The handshake");
        return daemon;
    }

    /// <summary>The daemon that the attempt after the backoff meets, after its handshake.</summary>
    public async Task<ScriptedDaemon> ReconnectAsync()
    {
        HypervisorState.Backoff backoff = await ReachAsync<HypervisorState.Backoff>();
        await Kit.AdvanceAsync(backoff.NextAttempt - Kit.Time.GetUtcNow());
        return Daemon = await AcceptAsync();
    }

    /// <summary>The only living actor of that type that is not the neighbour's.</summary>
    /// <param name="name">How its name begins; null for any.</param>
    public IActorRef Living<TActor>(string? name = null)
        where TActor : ActorBase =>
        LivingOf<TActor>(name).Single();

    /// <summary>Those that live.</summary>
    /// <inheritdoc cref="Living{TActor}"/>
    public IReadOnlyList<IActorRef> LivingOf<TActor>(string? name = null)
        where TActor : ActorBase =>
        [.. ActorTree.Below(Kit.System).Where(living => living.ActorType == typeof(TActor)
            && !living.Path.ToStringWithoutAddress().Contains("neighbour", StringComparison.Ordinal)
            && living.Path.Name.StartsWith(name ?? "", StringComparison.Ordinal)).Select(static living => living.Ref)];

    /// <summary>Waits until the hypervisor is in a state of that kind.</summary>
    public Task<TState> ReachAsync<TState>()
        where TState : HypervisorState
    {
        return ReachAsync().InTimeAsync($"The way to {typeof(TState).Name}");

        async Task<TState> ReachAsync()
        {
            await foreach (HypervisorState state in Hypervisor.StateChanges)
            {
                if (state is TState reached)
                    return reached;
            }

            throw new InvalidOperationException($"The hypervisor closed before it was {typeof(TState).Name}.");
        }
    }

    /// <summary>A call that only reads.</summary>
    public async Task<ulong> AskVersionAsync() => (await Hypervisor.Calls.CallAsync(RemoteProcedures.ConnectGetLibVersion, XdrVoid.Value)).LibVer;

    /// <summary>A call that changes something.</summary>
    public Task SuspendAsync() => Hypervisor.Calls.CallAsync(RemoteProcedures.DomainSuspend, Suspend).AsTask();

    /// <summary>A call that changes something, from an actor.</summary>
    public async Task<TestProbe> SuspendByMessageAsync()
    {
        TestProbe requester = Kit.CreateProbe();
        IActorRef hypervisor = await Hypervisor.Actor.InTimeAsync("The start of the hypervisor's actor");
        hypervisor.Tell(RemoteProcedures.DomainSuspend.Call(Suspend, correlationId: requester.Ref.Path.Name), requester.Ref);
        return requester;
    }

    /// <summary>Then: the hypervisor serves calls, over the daemon of now.</summary>
    public Task ServesCallsAsync() => ServesCallsAsync(Hypervisor, Daemon);

    /// <summary>
    /// Then: the neighbour still serves calls, everything can be closed, no actor or timer is left, and no actor was restarted.
    /// </summary>
    public async Task EndsCleanlyAsync()
    {
        if (Neighbour is { State: not HypervisorState.Closed })
            await ServesCallsAsync(Neighbour, _neighboursDaemon!);
        await CloseAsync();
        Assert.True(Failing.AllHaveFailed, "An actor was to fail and has not.");
        Assert.Empty(Failing.Restarted);
        _hasEnded = true;
        await Kit.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // After a failed test, what it leaves behind is no further news.
        if (!_hasEnded)
            await Task.WhenAny(Kit.System.Terminate(), Task.Delay(TimeSpan.FromSeconds(10)));
    }

    private static DomainSuspendArgs Suspend => new() { Dom = new RemoteDomain("guest", Guid.Empty, 1) };

    private async Task CloseAsync()
    {
        if (Hypervisor is not null)
        {
            Task closing = Hypervisor.DisposeAsync().AsTask();
            await Kit.AdvanceAsync(Hypervisor.Options.CloseTimeout + TimeSpan.FromSeconds(1));
            await closing.InTimeAsync("Closing the hypervisor");
        }

        await Runtime.DisposeAsync().AsTask().InTimeAsync("Disposing the runtime");
        if (Neighbour is not null)
            await Neighbour.DisposeAsync().AsTask().InTimeAsync("Closing the neighbour after the runtime");
        await Kit.SettleAsync();
        Assert.Empty(ActorTree.Below(Kit.System));
    }

    private static async Task ServesCallsAsync(Hypervisor hypervisor, ScriptedDaemon daemon)
    {
        Task<ConnectGetHostnameRet> asked = hypervisor.Calls.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value).AsTask();
        SentFrame call = await daemon.ExpectCallAsync(RemoteProcedures.ConnectGetHostname).InTimeAsync("The call's way to the daemon");
        await daemon.ReplyAsync(call, new ConnectGetHostnameRet { Hostname = "here" });
        Assert.Equal("here", (await asked.InTimeAsync("A call")).Hostname);
    }
}
