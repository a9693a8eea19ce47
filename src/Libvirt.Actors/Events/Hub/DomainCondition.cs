namespace Libvirt.Events;

/// <summary>As much of a domain's state as two listings can be compared by.</summary>
internal enum DomainCondition
{
    Off,
    Running,
    Paused,
}
