namespace Libvirt.Messages;

/// <summary>
/// Ends the subscription of the sender that <see cref="SubscribeHypervisorState"/> made with the same name, at the same actor. There is no reply; changes that
/// were sent before it may still arrive.
/// </summary>
/// <param name="Name">That of the subscription.</param>
public sealed record UnsubscribeHypervisorState(string? Name = null) : ILibvirtMessage;
