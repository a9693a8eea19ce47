using Libvirt.Dispatch;

namespace Libvirt.Calls;

/// <summary>How a call ended, for the actor that awaits it; when that has failed, the requester is told directly.</summary>
internal sealed record CallOutcome(ActorCall Call, object Reply) : IUndelivered
{
    public void OnUndelivered() => Call.Reply(Reply);
}
