using Libvirt.Connections;
using Libvirt.Dispatch;

namespace Libvirt;

/// <summary>Start a hypervisor. One message carries everything, so that its caller cannot miss the first attempt to connect.</summary>
/// <param name="Name">The actor's name, or the first part of it.</param>
/// <param name="GivenName">The name that the user gave, if any: the actor is named after it, unless an actor of that name still exists.</param>
/// <param name="Settings">The settings of its connections.</param>
/// <param name="Link">Where it publishes its state.</param>
/// <param name="Ref">Gets its actor.</param>
/// <param name="WhenReady">Is answered when calls are served, or failed with the reason of the first attempt that failed; null when nothing waits.</param>
internal sealed record StartHypervisor(
    string Name, string? GivenName, ConnectionSettings Settings, HypervisorLink Link, HypervisorRef Ref, WhenReady? WhenReady) : IUndelivered
{
    public void OnUndelivered()
    {
        ObjectDisposedException reason = new(null, LibvirtRuntime.HasEnded);
        WhenReady?.TryFail(reason);
        Link.End();
        Ref.Fail();
    }
}
