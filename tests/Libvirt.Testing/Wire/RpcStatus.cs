namespace Libvirt.Testing;

/// <summary>The header's status.</summary>
public enum RpcStatus
{
    Ok = 0,
    Error = 1,
    Continue = 2,
}
