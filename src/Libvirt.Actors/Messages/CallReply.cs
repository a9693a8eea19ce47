namespace Libvirt.Messages;

/// <summary>The reply to a <see cref="LibvirtCall"/> that succeeded. Its sender is the hypervisor.</summary>
/// <typeparam name="TRet">The result, as on the wire.</typeparam>
/// <param name="Result">The result.</param>
/// <param name="CorrelationId">What the call carried.</param>
public sealed record CallReply<TRet>(TRet Result, object? CorrelationId) : ILibvirtMessage, ICallReply
    where TRet : class
{
    object ICallReply.Result => Result;
}
