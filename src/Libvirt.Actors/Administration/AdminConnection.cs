
namespace Libvirt;

/// <summary>
/// A daemon's own administration: its servers, clients, limits and logging. What libvirt calls <c>virAdmConnectPtr</c>. Supervised and made again when
/// lost, as a <see cref="Hypervisor"/> is.
/// </summary>
public sealed partial class AdminConnection : IAsyncDisposable
{
    private readonly HypervisorRef _actor;
    private readonly HypervisorLink _link;

    internal AdminConnection(StartHypervisor start)
    {
        Uri = start.Settings.Uri;
        _actor = start.Ref;
        _link = start.Link;
        Calls = new HypervisorCalls(_link, _actor, start.Settings.Options, start.Settings.Time);
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
        _actor.Tell(new CloseHypervisor());
        await _link.Ended.ConfigureAwait(false);
    }

    /// <summary>The URI.</summary>
    public override string ToString() => Uri.Text;
}
