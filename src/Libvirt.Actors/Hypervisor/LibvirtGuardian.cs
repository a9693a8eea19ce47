using Akka.Actor;
using Libvirt.Connection;
using Libvirt.Dispatch;

namespace Libvirt;

/// <summary><c>/user/libvirt</c>: the parent of all hypervisors of an actor system. A hypervisor that fails is stopped; the others are not affected.</summary>
internal sealed class LibvirtGuardian(TaskCompletionSource ended) : UntypedActor
{
    private readonly List<CloseAllHypervisors> _closing = [];
    private readonly HashSet<StartHypervisor> _started = new(ReferenceEqualityComparer.Instance);
    private long _number;

    /// <summary>On the default dispatcher: an actor at the top of the tree starts by draining its mailbox under a lock.</summary>
    /// <param name="ended">Completes when the guardian and all hypervisors have stopped.</param>
    public static Props Props(TaskCompletionSource ended) => RuntimeProps.OnThreadPool(() => new LibvirtGuardian(ended));

    protected override SupervisorStrategy SupervisorStrategy() => RuntimeProps.StopOnFailure;

    protected override void PostStop()
    {
        // All hypervisors have stopped by now. A guardian that stops handles no more messages, that they have stopped included.
        foreach (StartHypervisor start in _started.ToArray())
            End(start);
        ended.TrySetResult();
    }

    protected override void OnReceive(object message)
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
            default:
                Unhandled(message);
                break;
        }
    }

    private void Start(StartHypervisor start)
    {
        IActorRef hypervisor = Context.ActorOf(HypervisorActor.Props(start), ActorName(start));
        _started.Add(start);
        Context.WatchWith(hypervisor, new HypervisorEnded(start));
        start.Ref.Bind(hypervisor);
    }

    // A number distinguishes hypervisors of one name, and one that is closing from its successor.
    private string ActorName(StartHypervisor start)
    {
        string name = start.IsNamed ? start.Name : $"{start.Name}-{++_number}";
        while (!Context.Child(name).IsNobody())
            name = $"{start.Name}-{++_number}";
        return name;
    }

    private void AfterHypervisor(StartHypervisor start)
    {
        End(start);
        ReplyWhenAllClosed();
    }

    private void End(StartHypervisor start)
    {
        _started.Remove(start);
        start.Link.End();
        start.WhenReady?.OnUndelivered();
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

    /// <summary>The actor of a hypervisor has stopped; when it failed in its constructor, it could not report that itself.</summary>
    private sealed record HypervisorEnded(StartHypervisor Start) : ILocalMessage;
}
