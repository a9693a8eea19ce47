using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Dispatch;

namespace Libvirt;

/// <summary>
/// How asynchronous code refers to the actor of a hypervisor. It can be told messages before the actor exists: they are delivered, in order, once the guardian
/// has created it. It also takes the calls that are made while there is no connection.
/// </summary>
internal sealed class HypervisorRef(HypervisorLink link) : ICallHolder
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<IActorRef> _created = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<object>? _early = [];
    private volatile IActorRef? _actor;

    public ICallHolder? Successor => null;

    public bool IsHypervisor => true;

    public Exception? EndReason => link.States.Current is HypervisorState.Closed closed ? closed.Reason : null;

    /// <summary>The actor, as soon as it exists. Fails when the runtime has ended.</summary>
    public Task<IActorRef> Created => _created.Task;

    public void Take(IPendingCall call)
    {
        call.Holder = this;
        Tell(call);
    }

    public void Abandon(IPendingCall call) => Tell(new AbandonHeldCall(call));

    /// <summary>Tells the actor a message.</summary>
    public void Tell(object message)
    {
        if (_actor is { } actor)
        {
            actor.Tell(message, ActorRefs.NoSender);
            return;
        }

        lock (_gate)
        {
            if (_early is { } early && _actor is null)
            {
                early.Add(message);
                return;
            }
        }

        if (_actor is { } created)
            created.Tell(message, ActorRefs.NoSender);
        else
            (message as IUndelivered)?.OnUndelivered();
    }

    /// <summary>The actor exists. Once, by the guardian.</summary>
    public void Bind(IActorRef actor)
    {
        while (TryTakeEarly(actor, out List<object>? early))
        {
            foreach (object message in early)
                actor.Tell(message, ActorRefs.NoSender);
        }

        _created.TrySetResult(actor);
    }

    /// <summary>The messages that were told since the last time; when there are none, later ones are told to the actor directly.</summary>
    private bool TryTakeEarly(IActorRef actor, [NotNullWhen(true)] out List<object>? early)
    {
        lock (_gate)
        {
            if (_early is { Count: > 0 } messages)
            {
                early = messages;
                _early = [];
                return true;
            }

            early = null;
            _early = null;
            _actor = actor;
            return false;
        }
    }

    /// <summary>The actor will never exist.</summary>
    public void Fail()
    {
        List<object> early;
        lock (_gate)
        {
            early = _early ?? [];
            _early = null;
        }

        foreach (object message in early)
            (message as IUndelivered)?.OnUndelivered();
        _created.TrySetException(new ObjectDisposedException(null, LibvirtRuntime.HasEnded));
        _ = _created.Task.Exception;
    }
}
