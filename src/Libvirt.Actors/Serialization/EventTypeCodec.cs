using System.Collections.Frozen;
using Libvirt.Events;
using Libvirt.Messages;
using Libvirt.Protocol;

namespace Libvirt.Serialization;

/// <summary>Creates the generic messages of one type of event.</summary>
internal abstract class EventTypeCodec
{
    private static readonly FrozenDictionary<string, EventTypeCodec> ByName = WireEvents.Types
        .Append(typeof(LibvirtEvent))
        .ToFrozenDictionary(static type => type.Name, static type => (EventTypeCodec)Activator.CreateInstance(typeof(EventTypeCodec<>).MakeGenericType(type))!);

    public static EventTypeCodec Find(string name) =>
        ByName.TryGetValue(name, out EventTypeCodec? codec) ? codec : throw new ProtocolException($"There is no event of the type '{name}'.");

    public abstract ILibvirtMessage Notice(LibvirtEvent happened, bool isSynthesised);

    public abstract ILibvirtMessage Notice(EventGap gap);

    public abstract ILibvirtMessage Notice(long dropped);

    public abstract ILibvirtMessage Envelope(EventKind kind, ILibvirtMessage notice, object? correlationId);

    public abstract SubscribeEvents Subscribe(EventKind kind);
}

/// <inheritdoc/>
internal sealed class EventTypeCodec<TEvent> : EventTypeCodec
    where TEvent : LibvirtEvent
{
    public override ILibvirtMessage Notice(LibvirtEvent happened, bool isSynthesised) => EventNotice<TEvent>.Of(
        happened as TEvent ?? throw new ProtocolException($"An event is a {happened.GetType().Name}, not a {typeof(TEvent).Name}."), isSynthesised);

    public override ILibvirtMessage Notice(EventGap gap) => EventNotice<TEvent>.Of(gap);

    public override ILibvirtMessage Notice(long dropped) => EventNotice<TEvent>.OfDropped(dropped);

    public override ILibvirtMessage Envelope(EventKind kind, ILibvirtMessage notice, object? correlationId) =>
        new EventEnvelope<TEvent>(kind, (EventNotice<TEvent>)notice, correlationId);

    public override SubscribeEvents Subscribe(EventKind kind) => kind is EventKind<TEvent> || typeof(TEvent) == typeof(LibvirtEvent)
        ? new SubscribeEvents<TEvent>(kind)
        : throw new ProtocolException($"The kind {kind} has no events of the type {typeof(TEvent).Name}.");
}
