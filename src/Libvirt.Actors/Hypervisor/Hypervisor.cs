using Actors;
using Libvirt.Connection;
using Libvirt.Events;

namespace Libvirt;

/// <summary>
/// One hypervisor: what libvirt calls a connection, <c>virConnectPtr</c>. Free-threaded. Dispose it to close the connection in order.
/// </summary>
public sealed partial class Hypervisor : IAsyncDisposable
{
    private readonly IActorRef<IHypervisorMessage> _actor;
    private readonly HypervisorLink _link;
    private readonly LibvirtRuntime? _ownedRuntime;

    internal Hypervisor(
        LibvirtUri uri, HypervisorOptions options, IActorRef<IHypervisorMessage> actor, HypervisorLink link, HypervisorHold hold,
        LibvirtRuntime? ownedRuntime)
    {
        Uri = uri;
        Options = options;
        _actor = actor;
        _link = link;
        _ownedRuntime = ownedRuntime;
        OwnCalls = new HypervisorCalls(link, hold, options, actor.System.Time);
        Calls = new HypervisorInvoker(this);
        Events = new HypervisorEvents(actor);
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
    /// Connects with an actor system of its own, which ends with the hypervisor. For more than a handful of hypervisors make one
    /// <see cref="LibvirtRuntime"/> and connect them through it.
    /// </summary>
    /// <inheritdoc cref="LibvirtRuntime.ConnectAsync(string, HypervisorOptions?, CancellationToken)"/>
    public static async ValueTask<Hypervisor> ConnectAsync(
        string uri, HypervisorOptions? options = null, CancellationToken cancellationToken = default)
    {
        LibvirtUri parsed = LibvirtUri.Resolve(uri);
        LibvirtRuntime runtime = LibvirtRuntime.Create();
        try
        {
            return await runtime.ConnectAsync(parsed, options ?? HypervisorOptions.Default, ownsRuntime: true, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Closes in order: new calls are refused, those under way may end within <see cref="HypervisorOptions.CloseTimeout"/>, the daemon is told, the
    /// socket is closed. Serves <c>virConnectClose</c>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _actor.TellWhenRoomAsync(new CloseHypervisor()).ConfigureAwait(false);
        await _actor.System.WhenStopped(_actor).ConfigureAwait(false);
        if (_ownedRuntime is not null)
            await _ownedRuntime.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The URI.</summary>
    public override string ToString() => Uri.Text;
}
