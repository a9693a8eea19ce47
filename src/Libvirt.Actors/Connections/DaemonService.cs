namespace Libvirt.Connections;

/// <summary>Which of a daemon's two services a connection speaks to.</summary>
internal enum DaemonService
{
    /// <summary>Its hypervisor: the remote program and those beside it.</summary>
    Hypervisor,

    /// <summary>Itself: the admin program, on a socket of its own.</summary>
    Admin,
}
