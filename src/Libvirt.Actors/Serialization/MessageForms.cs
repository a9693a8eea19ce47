using System.Collections.Frozen;
using Akka.Actor;
using Libvirt.Events;
using Libvirt.Messages;

namespace Libvirt.Serialization;

/// <summary>The forms of all messages that can be sent to another node.</summary>
internal sealed class MessageForms
{
    private readonly FrozenDictionary<Type, MessageForm> _byType;
    private readonly FrozenDictionary<string, MessageForm> _byManifest;

    public MessageForms(ExtendedActorSystem system)
    {
        PayloadCodec payloads = new(system);
        CallCodec calls = new(payloads);
        EventCodec events = new(payloads);
        StateCodec states = new(payloads);
        RequestCodec requests = new(payloads);
        Dictionary<Type, MessageForm> forms = new()
        {
            [typeof(LibvirtCall)] = new("call", 1, (ref w, m) => calls.WriteCall(ref w, (LibvirtCall)m), (ref r) => calls.ReadCall(ref r)),
            [typeof(ICallReply)] = new("call-reply", 1, (ref w, m) => calls.WriteReply(ref w, (ICallReply)m), (ref r) => calls.ReadReply(ref r)),
            [typeof(CancelCall)] = new(
                "cancel-call", 1, (ref w, m) => payloads.Write(ref w, ((CancelCall)m).CorrelationId), (ref r) => new CancelCall(payloads.ReadPresent(ref r))),
            [typeof(LibvirtBatch)] = new("batch", 1, (ref w, m) => calls.WriteBatch(ref w, (LibvirtBatch)m), (ref r) => calls.ReadBatch(ref r)),
            [typeof(BatchReply)] = new("batch-reply", 1, (ref w, m) => calls.WriteBatchReply(ref w, (BatchReply)m), (ref r) => calls.ReadBatchReply(ref r)),
            [typeof(SubscribeEvents)] = new("subscribe-events", 1, (ref w, m) => events.WriteSubscribe(ref w, (SubscribeEvents)m), (ref r) => events.ReadSubscribe(ref r)),
            [typeof(SubscribeEventsAck)] = new("subscribe-events-ack", 1, (ref w, m) => events.WriteAck(ref w, (SubscribeEventsAck)m), (ref r) => events.ReadAck(ref r)),
            [typeof(UnsubscribeEvents)] = new(
                "unsubscribe-events", 1, (ref w, m) => events.WriteUnsubscribe(ref w, (UnsubscribeEvents)m), (ref r) => events.ReadUnsubscribe(ref r)),
            [typeof(UnsubscribeEventsAck)] = new(
                "unsubscribe-events-ack", 1,
                (ref w, m) => payloads.Write(ref w, ((UnsubscribeEventsAck)m).CorrelationId), (ref r) => new UnsubscribeEventsAck(payloads.Read(ref r))),
            [typeof(IEventEnvelope)] = new("event-envelope", 1, (ref w, m) => events.WriteEnvelope(ref w, (IEventEnvelope)m), (ref r) => events.ReadEnvelope(ref r)),
            [typeof(IEventNotice)] = new("event-notice", 1, static (ref w, m) => EventCodec.WriteNotice(ref w, (IEventNotice)m), static (ref r) => EventCodec.ReadNotice(ref r)),
            [typeof(EventsEnded)] = new("events-ended", 1, (ref w, m) => events.WriteEnded(ref w, (EventsEnded)m), (ref r) => events.ReadEnded(ref r)),
            [typeof(AddHypervisor)] = new("add-hypervisor", 1, (ref w, m) => requests.WriteAdd(ref w, (AddHypervisor)m), (ref r) => requests.ReadAdd(ref r)),
            [typeof(HypervisorAdded)] = new("hypervisor-added", 1, (ref w, m) => requests.WriteAdded(ref w, (HypervisorAdded)m), (ref r) => requests.ReadAdded(ref r)),
            [typeof(RemoveHypervisor)] = new(
                "remove-hypervisor", 1,
                (ref w, m) => requests.WriteNamed(ref w, ((RemoveHypervisor)m).Name, ((RemoveHypervisor)m).CorrelationId),
                (ref r) => new RemoveHypervisor(r.ReadString(PayloadCodec.Limit)) { CorrelationId = payloads.Read(ref r) }),
            [typeof(HypervisorRemoved)] = new(
                "hypervisor-removed", 1,
                (ref w, m) => requests.WriteNamed(ref w, ((HypervisorRemoved)m).Name, ((HypervisorRemoved)m).CorrelationId),
                (ref r) => new HypervisorRemoved(r.ReadString(PayloadCodec.Limit), payloads.Read(ref r))),
            [typeof(ListHypervisors)] = new(
                "list-hypervisors", 1,
                (ref w, m) => payloads.Write(ref w, ((ListHypervisors)m).CorrelationId), (ref r) => new ListHypervisors { CorrelationId = payloads.Read(ref r) }),
            [typeof(HypervisorList)] = new(
                "hypervisor-list", 1,
                (ref w, m) =>
                {
                    states.WriteEntries(ref w, ((HypervisorList)m).Hypervisors);
                    payloads.Write(ref w, ((HypervisorList)m).CorrelationId);
                },
                (ref r) => new HypervisorList(states.ReadEntries(ref r), payloads.Read(ref r))),
            [typeof(GetHypervisor)] = new(
                "get-hypervisor", 1,
                (ref w, m) => requests.WriteNamed(ref w, ((GetHypervisor)m).Name, ((GetHypervisor)m).CorrelationId),
                (ref r) => new GetHypervisor(r.ReadString(PayloadCodec.Limit)) { CorrelationId = payloads.Read(ref r) }),
            [typeof(HypervisorEntry)] = new("hypervisor", 1, (ref w, m) => states.WriteEntry(ref w, (HypervisorEntry)m), (ref r) => states.ReadEntry(ref r)),
            [typeof(HypervisorEnvelope)] = new(
                "hypervisor-envelope", 1, (ref w, m) => requests.WriteEnvelope(ref w, (HypervisorEnvelope)m), (ref r) => requests.ReadEnvelope(ref r)),
            [typeof(SubscribeHypervisorState)] = new(
                "subscribe-state", 1, (ref w, m) => requests.WriteSubscribe(ref w, (SubscribeHypervisorState)m), (ref r) => requests.ReadSubscribe(ref r)),
            [typeof(UnsubscribeHypervisorState)] = new(
                "unsubscribe-state", 1,
                static (ref w, m) => w.WriteOptionalString(((UnsubscribeHypervisorState)m).Name, PayloadCodec.Limit, "the name of a hypervisor"),
                static (ref r) => new UnsubscribeHypervisorState(r.ReadOptionalString(PayloadCodec.Limit))),
            [typeof(CurrentHypervisorStates)] = new(
                "current-states", 1,
                (ref w, m) =>
                {
                    states.WriteEntries(ref w, ((CurrentHypervisorStates)m).Hypervisors);
                    payloads.Write(ref w, ((CurrentHypervisorStates)m).CorrelationId);
                },
                (ref r) => new CurrentHypervisorStates(states.ReadEntries(ref r), payloads.Read(ref r))),
            [typeof(HypervisorStateChanged)] = new(
                "state-changed", 1, (ref w, m) => states.WriteChange(ref w, (HypervisorStateChanged)m), (ref r) => states.ReadChange(ref r)),
            [typeof(Status.Failure)] = new("failure", 1, (ref w, m) => calls.WriteFailure(ref w, (Status.Failure)m), (ref r) => calls.ReadFailure(ref r)),
        };
        _byType = forms.ToFrozenDictionary();
        _byManifest = forms.Values.ToFrozenDictionary(static form => form.Manifest);
    }

    public IEnumerable<MessageForm> All => _byManifest.Values;

    public MessageForm? Of(object message)
    {
        Type key = message switch
        {
            LibvirtCall => typeof(LibvirtCall),
            ICallReply => typeof(ICallReply),
            IEventEnvelope => typeof(IEventEnvelope),
            IEventNotice => typeof(IEventNotice),
            SubscribeEvents => typeof(SubscribeEvents),
            _ => message.GetType(),
        };
        return _byType.GetValueOrDefault(key);
    }

    public MessageForm? Find(string manifest) => _byManifest.GetValueOrDefault(manifest);
}
