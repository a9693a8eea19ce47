using Libvirt.Connections;
using Libvirt.Dispatch;

namespace Libvirt;

/// <summary>Start a hypervisor. One message carries everything, so that its caller cannot miss the first attempt to connect.</summary>
/// <param name="Name">The actor's name, or the first part of it.</param>
/// <param name="IsNamed">Whether the name was given by the user: it is used as it is, unless an actor of that name still exists.</param>
/// <param name="Settings">The settings of its connections.</param>
/// <param name="Link">Where it publishes its state.</param>
/// <param name="Ref">Gets its actor.</param>
/// <param name="WhenReady">Is answered when calls are served, or failed with the reason of the first attempt that failed; null when nothing waits.</param>
internal sealed record StartHypervisor(
    string Name, bool IsNamed, ConnectionSettings Settings, HypervisorLink Link, HypervisorRef Ref, WhenReady? WhenReady) : IUndelivered
{
    public void OnUndelivered()
    {
        ObjectDisposedException reason = new(null, LibvirtRuntime.HasEnded);
        WhenReady?.TryFail(reason);
        Link.End();
        Ref.Fail();
    }
}
