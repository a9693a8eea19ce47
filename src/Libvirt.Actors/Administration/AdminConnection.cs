using Actors;
using Libvirt.Connection;

namespace Libvirt;

/// <summary>
/// A daemon's own administration: its servers, clients, limits and logging. What libvirt calls <c>virAdmConnectPtr</c>. Supervised and made again when
/// lost, as a <see cref="Hypervisor"/> is.
/// </summary>
public sealed partial class AdminConnection : IAsyncDisposable
{
    private readonly IActorRef<IHypervisorMessage> _actor;
    private readonly HypervisorLink _link;

    internal AdminConnection(
        LibvirtUri uri, HypervisorOptions options, IActorRef<IHypervisorMessage> actor, HypervisorLink link, HypervisorHold hold)
    {
        Uri = uri;
        _actor = actor;
        _link = link;
        Calls = new HypervisorCalls(link, hold, options, actor.System.Time);
        Admin = new AdminProgram(Calls);
    }

    /// <summary>The URI it was connected with.</summary>
    public LibvirtUri Uri { get; }

    /// <summary>Where it stands now.</summary>
    public HypervisorState State => _link.States.Current;

    /// <summary>The carrier of all its calls, for procedures that one describes oneself.</summary>
    public ICallInvoker Calls { get; }

    /// <summary>Every procedure of the admin program, as on the wire.</summary>
    public AdminProgram Admin { get; }

    /// <summary>Closes in order, as <see cref="Hypervisor.DisposeAsync"/> does. Serves <c>virAdmConnectClose</c>.</summary>
    public async ValueTask DisposeAsync()
    {
        await _actor.TellWhenRoomAsync(new CloseHypervisor()).ConfigureAwait(false);
        await _actor.System.WhenStopped(_actor).ConfigureAwait(false);
    }

    /// <summary>The URI.</summary>
    public override string ToString() => Uri.Text;
}
