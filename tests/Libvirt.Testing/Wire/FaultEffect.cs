namespace Libvirt.Testing;

internal enum FaultEffect
{
    Forward,
    Drop,
    Hold,
    Delay,
    Rewrite,
    TruncateAndClose,
}
