using Libvirt.Threads;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Libvirt.Dispatch;
using Libvirt.Connections;
using Libvirt.Diagnostics;
using Libvirt.Serialization;
using Libvirt.Settings;
using Libvirt.Transports;

namespace Libvirt;

/// <summary>
/// The libvirt runtime of one actor system: the extension that owns <c>/user/libvirt</c>, the parent of all its hypervisors. <see cref="For"/> gives that of
/// your own actor system; <see cref="Create"/> makes one with an actor system of its own.
/// </summary>
public sealed partial class LibvirtRuntime : IExtension, IAsyncDisposable
{
    internal const string HasEnded = "The libvirt runtime has ended: it, or its actor system, was disposed. Create another one.";

    private readonly IActorRef _guardian;
    private readonly Task _ended;
    private IHypervisorDirectory _directory;
    private bool _ownsSystem;

    internal LibvirtRuntime(ExtendedActorSystem system)
    {
        System = system;
        _directory = new HypervisorDirectory(this);
        Time = (system.Scheduler as ITimeProviderScheduler)?.TimeProvider ?? TimeProvider.System;
        ReadSettings(ActorSystemSection.Of(system));
        LibvirtSerializer.AddDefaults(system, ReferenceConfig.Value);
        UndeliveredMessages.Subscribe(system);
        _guardian = system.ActorOf(LibvirtGuardian.Props(this), "libvirt");
        _ended = DeathWatch.WhenStopped(_guardian, system);
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "libvirt-close-hypervisors", CloseAllAsync);
        ActorTelemetry.Add(this);
    }

    /// <summary>The actor system it belongs to.</summary>
    public ActorSystem System { get; }

    /// <summary>
    /// The runtime of an actor system, created on first use. Its hypervisors close in order when the system shuts down: phase <c>service-stop</c> of
    /// <see cref="CoordinatedShutdown"/>.
    /// </summary>
    /// <param name="system">The system. It is not terminated with the runtime.</param>
    /// <exception cref="ConfigurationException">
    /// The section <c>libvirt</c> of the system's configuration cannot be used; the message has the path of each setting that is wrong.
    /// </exception>
    public static LibvirtRuntime For(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<LibvirtRuntime, LibvirtExtension>();
    }

    /// <summary>A runtime with an actor system of its own, which is terminated when the runtime is disposed.</summary>
    /// <param name="name">The name of the actor system.</param>
    /// <param name="config">HOCON for the actor system; when null, it does not log.</param>
    public static LibvirtRuntime Create(string name = "libvirt", Config? config = null)
    {
        LibvirtRuntime runtime = For(ActorSystem.Create(name, config ?? ReferenceConfig.Silent));
        runtime._ownsSystem = true;
        return runtime;
    }

    /// <summary>
    /// How many threads the runtime may have for reading busy connections; 0 for none. Default 4; further connections are read by the shared loop, as idle ones
    /// are. Can be changed at any time; threads that are in use continue.
    /// </summary>
    public int MaxReaderThreads
    {
        get => Threads.Limit;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Threads.Limit = value;
        }
    }

    /// <summary>How many threads it has for busy connections now.</summary>
    public int ReaderThreads => Threads.Living;

    /// <summary>
    /// How many attempts to reconnect the hypervisors of the runtime may begin in a second all together, 0 for no limit. Default 2000. Attempts that are due
    /// beyond it take turns, after the delay of their own backoff, so that thousands of connections that were lost in one moment come back evenly. First
    /// attempts to connect are not held back. Can be changed at any time.
    /// </summary>
    public int MaxReconnectsPerSecond
    {
        get => Pace.PerSecond;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Pace.PerSecond = value;
        }
    }

    /// <summary>The options of hypervisors that are added or connected without options of their own.</summary>
    internal HypervisorOptions Defaults { get; set; } = HypervisorOptions.Default;

    internal ReaderThreads Threads { get; } = new();

    internal ReconnectPace Pace { get; } = new();

    internal ITransportConnector Connector { get; set; } = new TransportConnector();

    /// <summary>The clock of all timers and deadlines: that of the system's scheduler.</summary>
    internal TimeProvider Time { get; }

    /// <summary>
    /// The actor <c>/user/libvirt</c>, parent of all hypervisors. It takes <see cref="Messages.AddHypervisor"/> and the other requests that are a
    /// <see cref="Messages.HypervisorRequest"/>, and passes a <see cref="Messages.HypervisorEnvelope"/> to a hypervisor by name. In a host,
    /// <c>IRequiredActor&lt;LibvirtHypervisors&gt;</c> gives the same actor.
    /// </summary>
    public IActorRef Guardian => _guardian;

    /// <summary>The hypervisors by name: a host replaces it with its own before it adds any.</summary>
    internal IHypervisorDirectory Directory
    {
        get => Volatile.Read(ref _directory);
        set => Volatile.Write(ref _directory, value);
    }

    /// <summary>
    /// Connects to the hypervisor that <paramref name="uri"/> names, authenticates, and opens the driver. Serves <c>virConnectOpenAuth</c>.
    /// </summary>
    /// <param name="uri">A libvirt URI, such as <c>qemu:///system</c>.</param>
    /// <param name="options">The connection's settings; when null, <c>libvirt.defaults</c> of the actor system's configuration.</param>
    /// <param name="cancellationToken">Gives the attempt up; nothing is left behind.</param>
    /// <returns>The hypervisor. Dispose it to close the connection in order.</returns>
    /// <exception cref="LibvirtConnectException">The connection could not be made; its reason says why.</exception>
    /// <exception cref="ObjectDisposedException">The runtime was disposed, or the actor system that it lives in.</exception>
    public ValueTask<Hypervisor> ConnectAsync(string uri, HypervisorOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(LibvirtUri.Resolve(uri), options, cancellationToken);

    /// <inheritdoc cref="ConnectAsync(string, HypervisorOptions?, CancellationToken)"/>
    public ValueTask<Hypervisor> ConnectAsync(LibvirtUri uri, HypervisorOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(uri, options ?? Defaults, sharedRuntime: null, cancellationToken);

    /// <summary>
    /// Starts to connect to the hypervisor that <paramref name="uri"/> names and returns without waiting for it: a daemon that is down is tried again
    /// with backoff, and <see cref="Hypervisor.State"/> tells how it goes. Calls made meanwhile wait up to <see cref="HypervisorOptions.ReadyTimeout"/>.
    /// </summary>
    /// <param name="uri">A libvirt URI, such as <c>qemu:///system</c>.</param>
    /// <param name="options">The connection's settings; when null, <c>libvirt.defaults</c> of the actor system's configuration.</param>
    /// <returns>The hypervisor. Dispose it to close the connection in order.</returns>
    /// <exception cref="LibvirtConnectException">The URI cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The runtime was disposed, or the actor system that it lives in.</exception>
    public Hypervisor Add(string uri, HypervisorOptions? options = null) => Add(LibvirtUri.Resolve(uri), options);

    /// <inheritdoc cref="Add(string, HypervisorOptions?)"/>
    public Hypervisor Add(LibvirtUri uri, HypervisorOptions? options = null) => Add(uri, options, name: null);

    /// <summary>
    /// Adds a hypervisor with a name, by which messages to <see cref="Guardian"/> can refer to it. Starts to connect and does not wait for it. It keeps the name
    /// until <see cref="Messages.RemoveHypervisor"/>. A host has the same method in <c>IHypervisors</c>.
    /// </summary>
    /// <param name="name">A name that is not taken. Case is not significant.</param>
    /// <param name="uri">A libvirt URI, such as <c>qemu:///system</c>.</param>
    /// <param name="options">The connection's settings; when null, <c>libvirt.defaults</c> of the actor system's configuration.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="LibvirtConnectException">The URI cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The runtime was disposed, or the actor system that it lives in.</exception>
    public Hypervisor Add(string name, string uri, HypervisorOptions? options = null) => Directory.Add(name, uri, options);

    /// <summary>The same with a name for its actor below <c>/user/libvirt</c>; one made of the URI when null.</summary>
    internal Hypervisor Add(LibvirtUri uri, HypervisorOptions? options, string? name)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ObjectDisposedException.ThrowIf(_ended.IsCompleted, this);
        options ??= Defaults;
        StartHypervisor start = Message(SettingsOf(uri, EndpointResolver.System.Resolve(uri, options), options), whenReady: null, name);
        _guardian.Tell(start, ActorRefs.NoSender);
        return new Hypervisor(start, sharedRuntime: null);
    }

    /// <summary>
    /// Ends every hypervisor at once, without waiting for calls in flight, and the actor system if the runtime created it. Dispose the hypervisors before to
    /// close them in order.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        ActorTelemetry.Remove(this);
        System.Stop(_guardian);
        await _ended.ConfigureAwait(false);
        if (_ownsSystem)
            await System.Terminate().ConfigureAwait(false);
        Threads.Dispose();
    }

    internal async ValueTask<Hypervisor> ConnectAsync(
        LibvirtUri uri, HypervisorOptions options, SharedRuntime.Lease? sharedRuntime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ConnectionSettings settings = SettingsOf(uri, EndpointResolver.System.Resolve(uri, options), options);
        StartHypervisor start = await StartAsync(settings, cancellationToken).ConfigureAwait(false);
        return new Hypervisor(start, sharedRuntime);
    }

    private async Task<StartHypervisor> StartAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        WhenReady whenReady = new();
        StartHypervisor start = Message(settings, whenReady, name: null);
        _guardian.Tell(start, ActorRefs.NoSender);
        try
        {
            await whenReady.WaitAsync(cancellationToken).ConfigureAwait(false);
            return start;
        }
        catch
        {
            start.Ref.Tell(PoisonPill.Instance);
            await start.Link.Ended.ConfigureAwait(false);
            throw;
        }
    }

    private ConnectionSettings SettingsOf(LibvirtUri uri, Endpoint endpoint, HypervisorOptions options) =>
        new(uri, endpoint, options, Connector) { Threads = Threads, Pace = Pace, Time = Time };

    private static StartHypervisor Message(ConnectionSettings settings, WhenReady? whenReady, string? name)
    {
        HypervisorLink link = new(new HypervisorTelemetry(settings.Uri));
        string actorName = HypervisorName.Of(name ?? $"{settings.Uri.Driver}-{settings.Uri.Host ?? "local"}");
        return new StartHypervisor(actorName, name, settings, link, new HypervisorRef(link), whenReady);
    }

    private void ReadSettings(ActorSystemSection section)
    {
        if (section.Value is null)
            return;
        List<string> failures = [];
        LibvirtSettings settings = LibvirtSettingsReader.Read(section.Value, ActorSystemSection.Path, GivenSettings.None, failures);
        if (failures.Count > 0)
            throw new ConfigurationException($"The settings of libvirt in the configuration of the actor system cannot be used:\n{string.Join('\n', failures)}");
        Defaults = settings.Defaults;
        settings.Runtime.Apply(this);
    }

    private async Task<Done> CloseAllAsync()
    {
        CloseAllHypervisors request = new();
        _guardian.Tell(request, ActorRefs.NoSender);
        await request.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        return Done.Instance;
    }
}
