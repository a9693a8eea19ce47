namespace Libvirt.Messages;

/// <summary>A <see cref="CallReply{TRet}"/> whose result type is not known.</summary>
internal interface ICallReply : ICorrelated
{
    /// <summary>The result, as on the wire.</summary>
    object Result { get; }
}
