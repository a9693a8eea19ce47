using Akka.Actor;
using Libvirt.Events;

namespace Libvirt;

/// <summary>
/// One hypervisor: what libvirt calls a connection, <c>virConnectPtr</c>. Free-threaded. Dispose it to close the connection in order.
/// </summary>
public sealed partial class Hypervisor : IAsyncDisposable
{
    private readonly HypervisorRef _actor;
    private readonly HypervisorLink _link;
    private readonly SharedRuntime.Lease? _sharedRuntime;

    internal Hypervisor(StartHypervisor start, SharedRuntime.Lease? sharedRuntime)
    {
        Uri = start.Settings.Uri;
        Options = start.Settings.Options;
        Time = start.Settings.Time;
        _actor = start.Ref;
        _link = start.Link;
        _sharedRuntime = sharedRuntime;
        OwnCalls = new HypervisorCalls(_link, _actor, Options, Time);
        Calls = new HypervisorInvoker(this);
        Events = new HypervisorEvents(_actor);
        Remote = new RemoteProgram(Calls);
        Qemu = new QemuProgram(Calls);
        Lxc = new LxcProgram(Calls);
    }

    /// <summary>The URI it was connected with.</summary>
    public LibvirtUri Uri { get; }

    /// <summary>The settings it was connected with.</summary>
    public HypervisorOptions Options { get; }

    /// <summary>Where it stands now.</summary>
    public HypervisorState State => _link.States.Current;

    /// <summary>
    /// The state now and each change of it, up to and including <see cref="HypervisorState.Closed"/>. A reader that lags by more than 64 changes
    /// loses the oldest of them.
    /// </summary>
    public IAsyncEnumerable<HypervisorState> StateChanges => _link.States.FollowAsync();

    /// <summary>The carrier of all its calls, for procedures that one describes oneself.</summary>
    public IProcedureInvoker Calls { get; }

    internal HypervisorCalls OwnCalls { get; }

    /// <summary>Its events.</summary>
    public HypervisorEvents Events { get; }

    /// <summary>Every procedure of the remote program, as on the wire.</summary>
    public RemoteProgram Remote { get; }

    /// <summary>Every procedure of the QEMU program, as on the wire. Only <c>qemu</c> drivers serve it.</summary>
    public QemuProgram Qemu { get; }

    /// <summary>Every procedure of the LXC program, as on the wire. Only <c>lxc</c> drivers serve it.</summary>
    public LxcProgram Lxc { get; }

    /// <summary>
    /// The actor of the hypervisor, which takes <see cref="Messages.LibvirtCall"/> and the other messages of <see cref="Messages"/>. Completes as soon as the
    /// actor exists, whether the daemon can be reached or not.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The runtime has ended.</exception>
    public Task<IActorRef> Actor => _actor.Created;

    /// <summary>
    /// Connects with an actor system that all hypervisors connected this way share. It is created with the first of them and terminated with the last. To use
    /// your own actor system, connect through <see cref="LibvirtRuntime.For"/>.
    /// </summary>
    /// <inheritdoc cref="LibvirtRuntime.ConnectAsync(string, HypervisorOptions?, CancellationToken)"/>
    public static async ValueTask<Hypervisor> ConnectAsync(
        string uri, HypervisorOptions? options = null, CancellationToken cancellationToken = default)
    {
        LibvirtUri parsed = LibvirtUri.Resolve(uri);
        SharedRuntime.Lease lease = SharedRuntime.Acquire();
        try
        {
            return await lease.Runtime.ConnectAsync(parsed, options ?? lease.Runtime.Defaults, lease, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Closes in order: new calls are refused, calls in flight may end within <see cref="HypervisorOptions.CloseTimeout"/>, the daemon is told, the socket is
    /// closed. Serves <c>virConnectClose</c>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _actor.Tell(new CloseHypervisor());
        await _link.Ended.ConfigureAwait(false);
        if (_sharedRuntime is not null)
            await _sharedRuntime.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The URI.</summary>
    public override string ToString() => Uri.Text;
}
