using Akka.Actor;
using Libvirt.Events;
using Libvirt.Messages;

namespace Libvirt;

// Subscriptions by message, each with an actor that serves it.
internal sealed partial class HypervisorActor
{
    private readonly Dictionary<IActorRef, SubscriptionOwner> _subscriptions = [];
    private readonly List<Unsubscription> _unsubscriptions = [];
    private long _subscriptionNumber;

    private void Accept(SubscribeEvents request)
    {
        if (_closing)
        {
            request.Refuse(Sender, Self, _link.States.Current.Failure);
            return;
        }

        SubscriptionOrigin origin = new(Sender, Self, _events!, _link);
        IActorRef actor = Context.ActorOf(request.Actor(origin), $"subscription-{++_subscriptionNumber}");
        _subscriptions.Add(actor, new SubscriptionOwner(Sender, new RegistrationKey(request.Kind), request.CorrelationId));
        Context.WatchWith(actor, new SubscriptionActorEnded(actor));
    }

    private void Accept(UnsubscribeEvents request)
    {
        HashSet<IActorRef> ending = [.. _subscriptions.Where(pair => pair.Value.Matches(Sender, request)).Select(static pair => pair.Key)];
        foreach (IActorRef actor in ending)
            actor.Tell(EndSubscription.Message, ActorRefs.NoSender);
        Unsubscription unsubscription = new(Sender, request.CorrelationId, ending);
        if (!TryAnswer(unsubscription))
            _unsubscriptions.Add(unsubscription);
    }

    private void AfterSubscription(IActorRef actor)
    {
        _subscriptions.Remove(actor);
        foreach (Unsubscription unsubscription in _unsubscriptions)
            unsubscription.Ending.Remove(actor);
        _unsubscriptions.RemoveAll(TryAnswer);
    }

    private bool TryAnswer(Unsubscription unsubscription)
    {
        if (unsubscription.Ending.Count > 0)
            return false;
        unsubscription.Subscriber.Tell(new UnsubscribeEventsAck(unsubscription.CorrelationId), Self);
        return true;
    }

    /// <summary>The hypervisor has stopped, and all its children before it.</summary>
    private void AnswerUnsubscriptions()
    {
        foreach (Unsubscription unsubscription in _unsubscriptions)
            unsubscription.Subscriber.Tell(new UnsubscribeEventsAck(unsubscription.CorrelationId), Self);
        _unsubscriptions.Clear();
    }

    /// <summary>Whose a subscription is.</summary>
    private sealed record SubscriptionOwner(IActorRef Subscriber, RegistrationKey Kind, object? CorrelationId)
    {
        public bool Matches(IActorRef sender, UnsubscribeEvents request) =>
            Subscriber.Equals(sender)
            && Equals(CorrelationId, request.CorrelationId)
            && (request.Kind is null || new RegistrationKey(request.Kind) == Kind);
    }

    /// <summary>A request to end subscriptions, with the actors that have not stopped.</summary>
    private sealed record Unsubscription(IActorRef Subscriber, object? CorrelationId, HashSet<IActorRef> Ending);
}
