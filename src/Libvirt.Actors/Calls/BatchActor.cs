using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Dispatch;
using Libvirt.Messages;

namespace Libvirt.Calls;

/// <summary>
/// <c>batch-{n}</c>, a child of the hypervisor: makes the calls of one batch, as their requester, and replies when the last has ended. When the requester of the
/// batch stops, so does this actor, and with it its calls.
/// </summary>
/// <remarks>Supervised by its <see cref="HypervisorActor"/>. When it stops before it has replied, because it failed or with the hypervisor, the requester is told.</remarks>
internal sealed class BatchActor(LibvirtBatch batch, IActorRef requester, IActorRef hypervisor, HypervisorLink link) : UntypedActor
{
    private readonly BatchOutcome?[] _outcomes = new BatchOutcome?[batch.Calls.Count];
    private int _ended;
    private bool _isDone;

    public static Props Props(LibvirtBatch batch, IActorRef requester, IActorRef hypervisor, HypervisorLink link) =>
        RuntimeProps.Inline(() => new BatchActor(batch, requester, hypervisor, link));

    protected override void PreStart()
    {
        if (!requester.IsNobody())
            Context.WatchWith(requester, RequesterStopped.Message);
        for (int i = 0; i < batch.Calls.Count; i++)
            hypervisor.Tell(batch.Calls[i] with { CorrelationId = i }, Self);
    }

    protected override void PostStop()
    {
        if (_isDone)
            return;
        Exception? reason = (link.States.Current as HypervisorState.Closed)?.Reason ?? link.StopReason;
        for (int i = 0; i < _outcomes.Length; i++)
            _outcomes[i] ??= Failed(i, CallFailures.HypervisorClosed(batch.Calls[i].Procedure, sent: true, reason));
        Reply();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ICallReply { CorrelationId: int index } reply:
                End(index, new BatchOutcome(batch.Calls[index].Procedure, batch.Calls[index].CorrelationId, reply.Result, null));
                break;
            case Status.Failure { State: int index } failure:
                End(index, Failed(index, failure.Cause));
                break;
            case CancelBatch cancel:
                Cancel(cancel.CorrelationId);
                break;
            case RequesterStopped:
                _isDone = true;
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private BatchOutcome Failed(int index, Exception error) => new(batch.Calls[index].Procedure, batch.Calls[index].CorrelationId, null, error);

    private void End(int index, BatchOutcome outcome)
    {
        if (_outcomes[index] is not null)
            return;
        _outcomes[index] = outcome;
        if (++_ended < _outcomes.Length)
            return;
        Reply();
        Context.Stop(Self);
    }

    private void Reply()
    {
        _isDone = true;
        requester.Tell(new BatchReply(_outcomes!, batch.CorrelationId), hypervisor);
    }

    private void Cancel(object correlationId)
    {
        bool isBatch = correlationId.Equals(batch.CorrelationId);
        for (int i = 0; i < _outcomes.Length; i++)
        {
            if (_outcomes[i] is null && (isBatch || correlationId.Equals(batch.Calls[i].CorrelationId)))
                hypervisor.Tell(new CancelCall(i), Self);
        }
    }

    /// <summary>The requester of the batch has stopped.</summary>
    private sealed record RequesterStopped : ILocalMessage
    {
        public static RequesterStopped Message { get; } = new();
    }
}

/// <summary>The requester of a batch cancels what carries this correlation id.</summary>
internal sealed record CancelBatch(object CorrelationId) : ILocalMessage;

/// <summary>The actor of a batch has stopped.</summary>
internal sealed record BatchEnded(IActorRef Batch) : ILocalMessage;
