using Akka.Actor;
using Libvirt.Calls;
using Libvirt.Messages;

namespace Libvirt;

// Batches of calls, each with an actor that makes the calls.
internal sealed partial class HypervisorActor
{
    // By actor, with the requester.
    private readonly Dictionary<IActorRef, IActorRef> _batches = [];
    private long _batchNumber;

    private void Accept(LibvirtBatch batch)
    {
        if (CallFailures.WhyNotABatch(batch, _settings.Options.QueueCapacity) is { } error)
            Sender.Tell(new Status.Failure(error, batch.CorrelationId), Self);
        else if (_closing)
            Sender.Tell(new Status.Failure(CallFailures.BatchRefused(_link.States.Current.Failure), batch.CorrelationId), Self);
        else
            Begin(batch);
    }

    private void Begin(LibvirtBatch batch)
    {
        IActorRef actor = Context.ActorOf(BatchActor.Props(batch, Sender, Self, _link), $"batch-{++_batchNumber}");
        _batches.Add(actor, Sender);
        Context.WatchWith(actor, new BatchEnded(actor));
    }

    private void CancelBatches(CancelCall cancel)
    {
        foreach ((IActorRef actor, IActorRef requester) in _batches)
        {
            if (requester.Equals(Sender))
                actor.Tell(new CancelBatch(cancel.CorrelationId), ActorRefs.NoSender);
        }
    }
}
