using Akka.Actor;

namespace Libvirt.Messages;

/// <summary>
/// The messages of acknowledged delivery, as those of Akka.Streams' <c>Sink.ActorRefWithAck</c>. Their sender is the actor of the subscription, to which the
/// subscriber replies <paramref name="AckMessage"/>: once for <paramref name="InitMessage"/> and once for each <see cref="EventEnvelope{TEvent}"/>. The next
/// notice comes only after that.
/// </summary>
/// <param name="InitMessage">Told when the subscription is made, in place of <see cref="SubscribeEventsAck"/>.</param>
/// <param name="AckMessage">What the subscriber replies to <see cref="ActorBase.Sender"/>; compared with <c>Equals</c>.</param>
/// <param name="CompleteMessage">
/// Told when the hypervisor has closed in order, in place of <see cref="EventsEnded"/>. Any other end is an <see cref="EventsEnded"/>.
/// </param>
public sealed record EventAcknowledgement(object InitMessage, object AckMessage, object CompleteMessage)
{
    /// <inheritdoc cref="EventAcknowledgement(object, object, object)" path="/param[@name='InitMessage']"/>
    public object InitMessage { get; } = InitMessage ?? throw new ArgumentNullException(nameof(InitMessage));

    /// <inheritdoc cref="EventAcknowledgement(object, object, object)" path="/param[@name='AckMessage']"/>
    public object AckMessage { get; } = AckMessage ?? throw new ArgumentNullException(nameof(AckMessage));

    /// <inheritdoc cref="EventAcknowledgement(object, object, object)" path="/param[@name='CompleteMessage']"/>
    public object CompleteMessage { get; } = CompleteMessage ?? throw new ArgumentNullException(nameof(CompleteMessage));
}
