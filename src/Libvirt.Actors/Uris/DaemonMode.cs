namespace Libvirt;

/// <summary>Which daemon serves a driver on this machine: the URI's <c>mode</c> parameter.</summary>
public enum DaemonMode
{
    /// <summary>The driver's own daemon where its socket exists, else the monolithic one.</summary>
    Auto,

    /// <summary>The driver's own daemon, such as virtqemud.</summary>
    Direct,

    /// <summary>The monolithic daemon, libvirtd, or the proxy that stands in for it.</summary>
    Legacy,
}
