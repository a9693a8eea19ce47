using Akka.Actor;
using Libvirt.Calls;

namespace Libvirt.Connections;

// Calls from actors: each has a child that awaits its reply.
internal sealed partial class ConnectionActor
{
    /// <summary>The serial is reserved now, since it names the child. A connection that takes the call over has a child of its own.</summary>
    private void StartCallActor(ActorCall call)
    {
        call.Child?.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        uint serial = _inFlight.ReserveSerial();
        call.Serial = serial;
        call.Child = Context.ActorOf(CallActor.Props(call, handle), $"call-{serial}");
        Context.WatchWith(call.Child, new CallActorEnded(call, serial));
    }

    private void AfterCallActor(CallActorEnded ended)
    {
        _inFlight.CancelReservation(ended.Serial);
        // Otherwise the call has ended, or another connection has taken it over.
        if (ended.Call.IsCompleted || ended.Call.Holder != handle || ended.Call.Serial != ended.Serial)
            return;
        Abandon(ended.Call);
        ended.Call.TryFail(new InvalidOperationException($"The actor of the call {ended.Call.Procedure.Name} failed; the log of the actor system has the reason."));
    }

    private void CancelCalls(CancelActorCalls cancel)
    {
        foreach (ActorCall call in AllCalls.OfType<ActorCall>().Where(cancel.Includes).ToArray())
        {
            Abandon(call);
            call.TryFail(new OperationCanceledException($"{call.Procedure.Name} was cancelled by its requester."));
        }
    }
}
