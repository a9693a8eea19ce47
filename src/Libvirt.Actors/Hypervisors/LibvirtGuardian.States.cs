using Akka.Actor;
using Libvirt.Messages;

namespace Libvirt;

// Subscriptions to the state of hypervisors.
internal sealed partial class LibvirtGuardian
{
    private readonly List<StateSubscription> _subscriptions = [];

    private void Publish(StartHypervisor start, HypervisorState state)
    {
        if (!_running.TryGetValue(start, out RunningHypervisor? hypervisor) || ReferenceEquals(hypervisor.State, state))
            return;
        hypervisor.State = state;
        // One that was replaced under its name closes unseen; its successor has that name now.
        bool isCurrent = _byName.GetValueOrDefault(hypervisor.Name) == hypervisor;
        foreach (StateSubscription subscription in _subscriptions)
        {
            if (subscription.Includes(hypervisor) && (isCurrent || subscription.Start is not null))
                subscription.Tell(hypervisor, Self);
        }
    }

    private void HandleState(OneHypervisorState one)
    {
        if (one.Request is SubscribeHypervisorState subscribe)
            Subscribe(new StateSubscription(Sender, null, one.Start, subscribe.CorrelationId), EntriesOf(one.Start));
        else
            Unsubscribe(new StateSubscription(Sender, null, one.Start, null));
    }

    private HypervisorEntry[] EntriesOf(StartHypervisor start) => _running.TryGetValue(start, out RunningHypervisor? hypervisor) ? [hypervisor.ToEntry()] : [];

    private void Subscribe(SubscribeHypervisorState request)
    {
        if (request.Name is null)
            Subscribe(new StateSubscription(Sender, null, null, request.CorrelationId), AllEntries());
        else if (FindOrPutOff(request.Name, request, request.CorrelationId) is { } found)
            Subscribe(new StateSubscription(Sender, request.Name, null, request.CorrelationId), [found]);
    }

    private void Subscribe(StateSubscription subscription, HypervisorEntry[] current)
    {
        Unsubscribe(subscription);
        if (!Sender.IsNobody())
        {
            Context.WatchWith(subscription.Subscriber, new StateSubscriberEnded(subscription.Subscriber));
            _subscriptions.Add(subscription);
        }

        Sender.Tell(new CurrentHypervisorStates(current, subscription.CorrelationId), Self);
    }

    private void Unsubscribe(StateSubscription subscription)
    {
        if (_subscriptions.RemoveAll(subscription.IsSame) > 0 && !_subscriptions.Exists(other => other.Subscriber.Equals(subscription.Subscriber)))
            Context.Unwatch(subscription.Subscriber);
    }

    private void UnsubscribeAll(IActorRef subscriber) => _subscriptions.RemoveAll(subscription => subscription.Subscriber.Equals(subscriber));
}
