using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Protocol;

namespace Libvirt.Serialization;

/// <summary>Subscriptions to events, their notices and their end.</summary>
internal sealed class EventCodec(PayloadCodec payloads)
{
    private enum NoticeForm
    {
        Event,
        SynthesisedEvent,
        Gap,
        Dropped,
    }

    public void WriteSubscribe(ref XdrWriter writer, SubscribeEvents subscribe)
    {
        writer.WriteString(subscribe.EventType.Name, PayloadCodec.Limit, "the type of an event");
        WriteKind(ref writer, subscribe.Kind);
        WriteOptions(ref writer, subscribe.Options);
        writer.WriteBoolean(subscribe.Acknowledgement is not null);
        if (subscribe.Acknowledgement is { } acknowledgement)
        {
            payloads.Write(ref writer, acknowledgement.InitMessage);
            payloads.Write(ref writer, acknowledgement.AckMessage);
            payloads.Write(ref writer, acknowledgement.CompleteMessage);
        }

        payloads.Write(ref writer, subscribe.CorrelationId);
    }

    public SubscribeEvents ReadSubscribe(ref XdrReader reader)
    {
        EventTypeCodec codec = EventTypeCodec.Find(reader.ReadString(PayloadCodec.Limit));
        SubscribeEvents subscribe = codec.Subscribe(ReadKind(ref reader)) with { Options = ReadOptions(ref reader) };
        if (reader.ReadBoolean())
        {
            subscribe = subscribe with
            {
                Acknowledgement = new EventAcknowledgement(
                    payloads.ReadPresent(ref reader), payloads.ReadPresent(ref reader), payloads.ReadPresent(ref reader)),
            };
        }

        return subscribe with { CorrelationId = payloads.Read(ref reader) };
    }

    public void WriteAck(ref XdrWriter writer, SubscribeEventsAck ack)
    {
        WriteKind(ref writer, ack.Kind);
        payloads.Write(ref writer, ack.CorrelationId);
    }

    public SubscribeEventsAck ReadAck(ref XdrReader reader) => new(ReadKind(ref reader), payloads.Read(ref reader));

    public void WriteUnsubscribe(ref XdrWriter writer, UnsubscribeEvents unsubscribe)
    {
        writer.WriteBoolean(unsubscribe.Kind is not null);
        if (unsubscribe.Kind is { } kind)
            WriteKind(ref writer, kind);
        payloads.Write(ref writer, unsubscribe.CorrelationId);
    }

    public UnsubscribeEvents ReadUnsubscribe(ref XdrReader reader) =>
        new(reader.ReadBoolean() ? ReadKind(ref reader) : null, payloads.Read(ref reader));

    public void WriteEnvelope(ref XdrWriter writer, IEventEnvelope envelope)
    {
        WriteKind(ref writer, envelope.Kind);
        WriteNotice(ref writer, envelope.Notice);
        payloads.Write(ref writer, envelope.CorrelationId);
    }

    public ILibvirtMessage ReadEnvelope(ref XdrReader reader)
    {
        EventKind kind = ReadKind(ref reader);
        ILibvirtMessage notice = ReadNotice(ref reader, out EventTypeCodec codec);
        return codec.Envelope(kind, notice, payloads.Read(ref reader));
    }

    public static void WriteNotice(ref XdrWriter writer, IEventNotice notice)
    {
        writer.WriteString(notice.EventType.Name, PayloadCodec.Limit, "the type of an event");
        if (notice.Event is { } happened)
        {
            writer.WriteInt32((int)(notice.IsSynthesised ? NoticeForm.SynthesisedEvent : NoticeForm.Event));
            WireEvents.Write(ref writer, happened);
        }
        else if (notice.Gap is { } gap)
        {
            writer.WriteInt32((int)NoticeForm.Gap);
            StateCodec.WriteTime(ref writer, gap.From);
            StateCodec.WriteTime(ref writer, gap.To);
            ExceptionCodec.Write(ref writer, gap.Reason);
        }
        else
        {
            writer.WriteInt32((int)NoticeForm.Dropped);
            writer.WriteInt64(notice.Dropped);
        }
    }

    public static ILibvirtMessage ReadNotice(ref XdrReader reader) => ReadNotice(ref reader, out _);

    public void WriteEnded(ref XdrWriter writer, EventsEnded ended)
    {
        WriteKind(ref writer, ended.Kind);
        ExceptionCodec.Write(ref writer, ended.Reason);
        writer.WriteInt64(ended.Dropped);
        payloads.Write(ref writer, ended.CorrelationId);
    }

    public EventsEnded ReadEnded(ref XdrReader reader) => new(ReadKind(ref reader), ExceptionCodec.Read(ref reader), reader.ReadInt64(), payloads.Read(ref reader));

    private static ILibvirtMessage ReadNotice(ref XdrReader reader, out EventTypeCodec codec)
    {
        codec = EventTypeCodec.Find(reader.ReadString(PayloadCodec.Limit));
        return (NoticeForm)reader.ReadInt32() switch
        {
            NoticeForm.Event => codec.Notice(WireEvents.Read(ref reader), isSynthesised: false),
            NoticeForm.SynthesisedEvent => codec.Notice(WireEvents.Read(ref reader), isSynthesised: true),
            NoticeForm.Gap => codec.Notice(new EventGap(StateCodec.ReadTime(ref reader), StateCodec.ReadTime(ref reader), ExceptionCodec.Read(ref reader))),
            NoticeForm.Dropped => codec.Notice(reader.ReadInt64()),
            _ => throw new ProtocolException("A notice has a form that does not exist."),
        };
    }

    private static void WriteKind(ref XdrWriter writer, EventKind kind)
    {
        writer.WriteInt32((int)kind.Family);
        writer.WriteInt32(kind.Id);
        writer.WriteBoolean(kind.Filter is not null);
        if (kind.Filter is { } filter)
        {
            writer.WriteOptionalString(filter.Event, PayloadCodec.Limit, "the filter of QEMU monitor events");
            writer.WriteInt32((int)filter.Flags);
        }
    }

    private static EventKind ReadKind(ref XdrReader reader)
    {
        EventFamily family = (EventFamily)reader.ReadInt32();
        int id = reader.ReadInt32();
        EventKind kind = EventCatalog.All.FirstOrDefault(kind => kind.Family == family && kind.Id == id)
            ?? throw new ProtocolException($"There is no kind {id} of events in the family {(int)family}. The other node has a newer release of this library.");
        if (!reader.ReadBoolean())
            return kind;
        QemuMonitorFilter filter = new(reader.ReadOptionalString(PayloadCodec.Limit), (ConnectDomainQemuMonitorEventRegisterFlags)reader.ReadInt32());
        return filter == kind.Filter ? kind : QemuMonitorEvents.Matching(filter);
    }

    private static void WriteOptions(ref XdrWriter writer, EventSubscriptionOptions options)
    {
        writer.WriteBoolean(options.Domain is not null);
        if (options.Domain is { } domain)
            writer.WriteUuid(domain);
        writer.WriteInt32(options.QueueCapacity);
        writer.WriteInt32((int)options.Overflow);
        writer.WriteBoolean(options.Synthesise);
    }

    private static EventSubscriptionOptions ReadOptions(ref XdrReader reader) => new()
    {
        Domain = reader.ReadBoolean() ? reader.ReadUuid() : null,
        QueueCapacity = reader.ReadInt32(),
        Overflow = (EventOverflow)reader.ReadInt32(),
        Synthesise = reader.ReadBoolean(),
    };
}
