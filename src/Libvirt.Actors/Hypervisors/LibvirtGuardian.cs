using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Diagnostics;
using Libvirt.Dispatch;
using Libvirt.Messages;

namespace Libvirt;

/// <summary><c>/user/libvirt</c>: the parent of all hypervisors of an actor system. A hypervisor that fails is stopped; the others are not affected.</summary>
/// <remarks>
/// When it fails itself, it stops and all hypervisors close with the reason: a restart would lose track of them. What waits for a hypervisor never waits for
/// one whose actor has gone.
/// </remarks>
internal sealed partial class LibvirtGuardian(LibvirtRuntime runtime) : UntypedActor
{
    private readonly Dictionary<StartHypervisor, RunningHypervisor> _running = new(ReferenceEqualityComparer.Instance);
    private readonly List<CloseAllHypervisors> _closing = [];
    private Exception? _failure;
    private long _number;

    /// <summary>On the default dispatcher: an actor at the top of the tree starts by draining its mailbox under a lock.</summary>
    public static Props Props(LibvirtRuntime runtime) => RuntimeProps.OnThreadPool(() => new LibvirtGuardian(runtime));

    protected override SupervisorStrategy SupervisorStrategy() => RuntimeProps.StopOnFailure;

    protected override void PostStop()
    {
        // The end of a child is not reported to a parent that stops.
        foreach (StartHypervisor start in _running.Keys)
            End(start);
        foreach (CloseAllHypervisors request in _closing)
            request.TryReply(true);
    }

    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception error)
        {
            // A defect of the runtime. It reaches the supervisor as well, whose default is to restart: an actor that is stopping is not restarted.
            Context.Stop(Self);
            ActorTelemetry.Failed();
            _failure = new InvalidOperationException("The guardian of the hypervisors failed; the log of the actor system has the reason.", error);
            foreach (StartHypervisor start in _running.Keys)
                start.Link.StopReason = _failure;
            throw;
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case StartHypervisor start:
                Start(start);
                break;
            case HypervisorEnded stopped:
                AfterHypervisor(stopped.Start);
                break;
            case CloseAllHypervisors close:
                CloseAll(close);
                break;
            case StatePublished published:
                Publish(published.Start, published.State);
                break;
            case HypervisorRequest request:
                Serve(request);
                break;
            case HypervisorEnvelope envelope:
                Forward(envelope);
                break;
            case UnsubscribeHypervisorState unsubscribe:
                Unsubscribe(new StateSubscription(Sender, unsubscribe.Name, null, null));
                break;
            case OneHypervisorState one:
                HandleState(one);
                break;
            case AddCompleted added:
                AnswerAdd(added);
                break;
            case RemoveCompleted removed:
                AnswerRemove(removed);
                break;
            case StateSubscriberEnded ended:
                UnsubscribeAll(ended.Subscriber);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Start(StartHypervisor start)
    {
        string actorName = ActorName(start);
        RunningHypervisor running = new(start, start.GivenName ?? actorName);
        _running.Add(start, running);
        IActorRef self = Self;
        start.Link.Observe(state => self.Tell(new StatePublished(start, state), ActorRefs.NoSender));
        running.Actor = Context.ActorOf(HypervisorActor.Props(start), actorName);
        Context.WatchWith(running.Actor, new HypervisorEnded(start));
        Enter(running);
        start.Ref.Bind(running.Actor);
    }

    // A number distinguishes hypervisors of one name, and one that is closing from its successor.
    private string ActorName(StartHypervisor start)
    {
        string name = start.GivenName is not null ? start.Name : $"{start.Name}-{++_number}";
        while (!Context.Child(name).IsNobody())
            name = $"{start.Name}-{++_number}";
        return name;
    }

    private void AfterHypervisor(StartHypervisor start)
    {
        End(start);
        Leave(start);
        ReplyWhenAllClosed();
    }

    /// <summary>The actor of a hypervisor has stopped, or was never created. One that failed as it was created could not report that itself.</summary>
    private void End(StartHypervisor start)
    {
        if (start.Link.States.Current is not HypervisorState.Closed)
        {
            Exception reason = _failure ?? new InvalidOperationException("The actor of the hypervisor failed; the log of the actor system has the reason.");
            start.WhenReady?.TryFail(ConnectFailures.Explain(reason, start.Settings));
            start.Link.Publish(new HypervisorState.Closed(reason), null);
        }

        start.WhenReady?.OnUndelivered();
        start.Link.End();
        start.Ref.Fail();
    }

    private void CloseAll(CloseAllHypervisors request)
    {
        _closing.Add(request);
        foreach (IActorRef hypervisor in Context.GetChildren())
            hypervisor.Tell(new CloseHypervisor(), ActorRefs.NoSender);
        ReplyWhenAllClosed();
    }

    private void ReplyWhenAllClosed()
    {
        if (Context.GetChildren().Any())
            return;
        foreach (CloseAllHypervisors request in _closing)
            request.TryReply(true);
        _closing.Clear();
    }

    /// <summary>The actor of a hypervisor has stopped.</summary>
    private sealed record HypervisorEnded(StartHypervisor Start) : ILocalMessage;
}
