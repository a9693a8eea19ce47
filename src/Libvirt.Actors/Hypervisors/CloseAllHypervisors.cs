using Libvirt.Dispatch;

namespace Libvirt;

/// <summary>Close all hypervisors in order; answered when the last one has stopped.</summary>
internal sealed class CloseAllHypervisors() : Request<bool>("The hypervisors have been closed.")
{
    // A guardian that has stopped has no hypervisors any more.
    public override void OnUndelivered() => TryReply(true);
}
