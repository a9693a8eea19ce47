namespace Libvirt.Messages;

/// <summary>
/// Gives up those calls of the sender that carry this correlation id. Each is answered with a <see cref="Akka.Actor.Status.Failure"/> that holds an
/// <see cref="OperationCanceledException"/>; a call that has ended is not affected. The daemon is not informed and may still carry the calls out.
/// </summary>
/// <param name="CorrelationId">The <see cref="LibvirtCall.CorrelationId"/> of the calls.</param>
public sealed record CancelCall(object CorrelationId) : ILibvirtMessage;
