using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Dispatch;

namespace Libvirt.Calls;

/// <summary>
/// <c>call-{serial}</c>, a child of the connection that has the call, or <c>call-{n}</c>, a child of the hypervisor while the call waits for a connection:
/// awaits the outcome of one call that arrived as a message, passes it to the requester and stops. When the requester stops first, it gives the call up. Its
/// parent enforces the deadline, with the same sweep as for all its calls, and fails the call when this
/// actor fails.
/// </summary>
internal sealed class CallActor(ActorCall call, ICallHolder holder) : UntypedActor
{
    public static Props Props(ActorCall call, ICallHolder holder) => RuntimeProps.Inline(() => new CallActor(call, holder));

    protected override void PreStart()
    {
        // The absent sender of a Tell cannot be watched.
        if (call.Requester is { } requester && !requester.IsNobody())
            Context.WatchWith(requester, RequesterStopped.Message);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CallOutcome outcome:
                call.Reply(outcome.Reply);
                Context.Stop(Self);
                break;
            case RequesterStopped:
                if (call.TryAbandon())
                    holder.Abandon(call);
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>The requester of the call has stopped.</summary>
    private sealed record RequesterStopped : ILocalMessage
    {
        public static RequesterStopped Message { get; } = new();
    }
}
