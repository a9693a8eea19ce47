using Actors;
using Libvirt.Calls;

namespace Libvirt;

/// <summary>Where calls go while there is no connection: to the hypervisor's actor, which holds them.</summary>
internal sealed class HypervisorHold(HypervisorLink link) : ICallHolder
{
    private volatile IActorRef<IHypervisorMessage>? _ref;

    public ICallHolder? Successor => null;

    public bool IsHypervisor => true;

    public Exception? EndReason => link.States.Current is HypervisorState.Closed closed ? closed.Reason : null;

    public TellResult Take(IPendingCall call)
    {
        call.Holder = this;
        if (_ref is { } actor)
            return actor.TryTell(call);
        call.TryFail(CallFailures.NotReady(call, null));
        return TellResult.Stopped;
    }

    public void Abandon(IPendingCall call) => _ref?.TryTell(new AbandonHeldCall(call));

    /// <summary>Gives the hold its address. Once, by whoever spawns the hypervisor's actor.</summary>
    public void Bind(IActorRef<IHypervisorMessage> hypervisor) => _ref = hypervisor;
}
