using Libvirt.Events;

namespace Libvirt.Messages;

/// <summary>An <see cref="EventEnvelope{TEvent}"/> whose event type is not known.</summary>
internal interface IEventEnvelope : ICorrelated
{
    /// <summary>What is subscribed to.</summary>
    EventKind Kind { get; }

    /// <summary>The notice.</summary>
    IEventNotice Notice { get; }
}
