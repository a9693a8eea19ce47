namespace Libvirt.Simulator;

/// <summary>Something that happened, before it is known who wants to hear of it.</summary>
/// <param name="Family">The kind of object.</param>
/// <param name="EventId">The event's id in its family.</param>
/// <param name="Object">The UUID of the object it happened to.</param>
/// <param name="WithCallback">The message for a callback id.</param>
/// <param name="Legacy">The message without one, for clients of old; null where that never existed.</param>
internal sealed record Notice(EventFamily Family, int EventId, Guid Object, Func<int, EventMessage> WithCallback, Func<EventMessage>? Legacy);
