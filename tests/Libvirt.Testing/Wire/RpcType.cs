namespace Libvirt.Testing;

/// <summary>The header's type.</summary>
public enum RpcType
{
    Call = 0,
    Reply = 1,
    Event = 2,
    Stream = 3,
    CallWithFds = 4,
    ReplyWithFds = 5,
    StreamHole = 6,
}
