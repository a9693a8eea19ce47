namespace Libvirt.Events;

/// <summary>Which procedures register an event, and whose numbering its callback ids belong to.</summary>
internal enum EventFamily
{
    Domain,
    Network,
    StoragePool,
    NodeDevice,
    Secret,
    Connection,
    QemuMonitor,
}
