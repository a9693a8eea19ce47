using System.Runtime.ExceptionServices;
using Actors;
using Libvirt.Connection;
using Libvirt.Diagnostics;
using Libvirt.Transport;

namespace Libvirt;

/// <summary>
/// The home of any number of hypervisors: one actor system, the actor <c>/libvirt</c> in it, and everything below. A process needs one; dispose it to
/// end them all.
/// </summary>
public sealed partial class LibvirtRuntime : IAsyncDisposable
{
    private readonly bool _ownsSystem;
    private readonly IActorRef<IRuntimeMessage> _root;

    /// <summary>Moves into an actor system that somebody else owns.</summary>
    /// <param name="system">The system. It is not disposed with the runtime.</param>
    /// <exception cref="ArgumentException">The system already has an actor <c>/libvirt</c>.</exception>
    public LibvirtRuntime(IActorSystem system)
        : this(system, ownsSystem: false)
    {
    }

    private LibvirtRuntime(IActorSystem system, bool ownsSystem)
    {
        ArgumentNullException.ThrowIfNull(system);
        System = system;
        _ownsSystem = ownsSystem;
        // Inline, so that starting a hypervisor is done by the time the caller goes on.
        _root = system.Spawn("libvirt", () => new RuntimeActor(), new ActorOptions { Dispatch = ActorDispatch.Inline });
        ActorTelemetry.Add(system);
    }

    /// <summary>The actor system it lives in.</summary>
    public IActorSystem System { get; }

    /// <summary>
    /// How many threads the runtime may have for reading busy connections and for what sockets do not take at once, as in uploads; 0 for none. Default 16;
    /// further connections use the thread pool, as calm ones do. Can be changed at any time; threads that are in use go on.
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

    internal ReaderThreads Threads { get; } = new();

    internal ReconnectPace Pace { get; } = new();

    internal ITransportConnector Connector { get; init; } = new TransportConnector();

    /// <summary>A runtime with an actor system of its own on the embedded engine.</summary>
    /// <param name="options">The system's settings; the defaults when null.</param>
    public static LibvirtRuntime Create(ActorSystemOptions? options = null) => new(ActorSystem.Create(options), ownsSystem: true);

    /// <summary>
    /// Connects to the hypervisor that <paramref name="uri"/> names, authenticates, and opens the driver. Serves <c>virConnectOpenAuth</c>.
    /// </summary>
    /// <param name="uri">A libvirt URI, such as <c>qemu:///system</c>.</param>
    /// <param name="options">The connection's settings; the defaults when null.</param>
    /// <param name="cancellationToken">Gives the attempt up; nothing is left behind.</param>
    /// <returns>The hypervisor. Dispose it to close the connection in order.</returns>
    /// <exception cref="LibvirtConnectException">The connection could not be made; its reason says why.</exception>
    /// <exception cref="ObjectDisposedException">The runtime was disposed, or the actor system that it lives in.</exception>
    public ValueTask<Hypervisor> ConnectAsync(string uri, HypervisorOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(LibvirtUri.Resolve(uri), options, cancellationToken);

    /// <inheritdoc cref="ConnectAsync(string, HypervisorOptions?, CancellationToken)"/>
    public ValueTask<Hypervisor> ConnectAsync(LibvirtUri uri, HypervisorOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(uri, options ?? HypervisorOptions.Default, ownsRuntime: false, cancellationToken);

    /// <summary>
    /// Starts to connect to the hypervisor that <paramref name="uri"/> names and returns without waiting for it: a daemon that is down is tried again
    /// with backoff, and <see cref="Hypervisor.State"/> tells how it goes. Calls made meanwhile wait up to <see cref="HypervisorOptions.ReadyTimeout"/>.
    /// </summary>
    /// <param name="uri">A libvirt URI, such as <c>qemu:///system</c>.</param>
    /// <param name="options">The connection's settings; the defaults when null.</param>
    /// <returns>The hypervisor. Dispose it to close the connection in order.</returns>
    /// <exception cref="LibvirtConnectException">The URI cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The runtime was disposed, or the actor system that it lives in.</exception>
    public Hypervisor Add(string uri, HypervisorOptions? options = null) => Add(LibvirtUri.Resolve(uri), options);

    /// <inheritdoc cref="Add(string, HypervisorOptions?)"/>
    public Hypervisor Add(LibvirtUri uri, HypervisorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        // The root's turn only spawns; it has run by now unless another thread is in the middle of the same.
        ConnectionSettings settings = SettingsOf(uri, options ?? HypervisorOptions.Default);
        return StartAsync(settings, ownsRuntime: false, CancellationToken.None).AsTask().GetAwaiter().GetResult().Hypervisor;
    }

    internal async ValueTask<Hypervisor> ConnectAsync(
        LibvirtUri uri, HypervisorOptions options, bool ownsRuntime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ConnectionSettings settings = SettingsOf(uri, options);
        (Hypervisor hypervisor, IActorRef<IHypervisorMessage> actor) = await StartAsync(settings, ownsRuntime, cancellationToken).ConfigureAwait(false);
        await AwaitReadyAsync(actor, settings, () => hypervisor.State, cancellationToken).ConfigureAwait(false);
        return hypervisor;
    }

    private async ValueTask AwaitReadyAsync(
        IActorRef<IHypervisorMessage> actor, ConnectionSettings settings, Func<HypervisorState> state, CancellationToken cancellationToken)
    {
        try
        {
            await actor.AskAsync<IHypervisorMessage, bool>(reply => new AwaitReady(reply), Timeout.InfiniteTimeSpan, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AskFailedException ended)
        {
            // Either it had failed for good before it could be asked, and what it failed of is the answer, or the runtime ends.
            if (state() is HypervisorState.Closed { Reason: { } reason })
                ExceptionDispatchInfo.Throw(ConnectFailures.Explain(reason, settings));
            throw new LibvirtConnectionLostException("The hypervisor was closed.", sent: false, ended, isForGood: true);
        }
        catch
        {
            await System.StopAsync(actor, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<(Hypervisor Hypervisor, IActorRef<IHypervisorMessage> Actor)> StartAsync(
        ConnectionSettings settings, bool ownsRuntime, CancellationToken cancellationToken)
    {
        HypervisorLink link = new(new HypervisorTelemetry(settings.Uri));
        HypervisorHold hold = new(link);
        IActorRef<IHypervisorMessage> actor = await StartActorAsync(settings, link, hold, cancellationToken).ConfigureAwait(false);
        return (new Hypervisor(settings.Uri, settings.Options, actor, link, hold, ownsRuntime ? this : null), actor);
    }

    private ConnectionSettings SettingsOf(LibvirtUri uri, HypervisorOptions options) =>
        new(uri, EndpointResolver.System.Resolve(uri, options), options, Connector) { Threads = Threads, Pace = Pace };

    private async ValueTask<IActorRef<IHypervisorMessage>> StartActorAsync(
        ConnectionSettings settings, HypervisorLink link, HypervisorHold hold, CancellationToken cancellationToken)
    {
        try
        {
            return await _root.AskAsync<IRuntimeMessage, IActorRef<IHypervisorMessage>>(
                reply => new StartHypervisor(Name(settings.Uri), settings, link, hold, reply), Timeout.InfiniteTimeSpan, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AskFailedException ended)
        {
            throw new ObjectDisposedException("The runtime has ended: it, or the actor system that it lives in, was disposed. Make another one.", ended);
        }
    }

    /// <summary>Ends every hypervisor at once, without waiting for calls under way, and the actor system if the runtime made it.</summary>
    public async ValueTask DisposeAsync()
    {
        ActorTelemetry.Remove(System);
        if (_ownsSystem)
            await System.DisposeAsync().ConfigureAwait(false);
        else
            await System.StopAsync(_root).ConfigureAwait(false);
        Threads.Dispose();
    }

    private static string Name(LibvirtUri uri)
    {
        char[] name = $"{uri.Driver}-{uri.Host ?? "local"}".ToCharArray();
        foreach (ref char letter in name.AsSpan())
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-'))
                letter = '_';
        }
        return new string(name);
    }
}
