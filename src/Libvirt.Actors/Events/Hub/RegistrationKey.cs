namespace Libvirt.Events;

/// <summary>What subscribers share a registration by: the kind, or for QEMU monitor events the filter.</summary>
internal readonly record struct RegistrationKey(EventKind? Kind, QemuMonitorFilter? Filter)
{
    public RegistrationKey(EventKind kind)
        : this(kind.Filter is null ? kind : null, kind.Filter)
    {
    }
}
