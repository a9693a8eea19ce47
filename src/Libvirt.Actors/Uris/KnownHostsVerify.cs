namespace Libvirt;

/// <summary>What happens to an ssh host whose key is not known yet: the URI's <c>known_hosts_verify</c> parameter.</summary>
public enum KnownHostsVerify
{
    /// <summary>What ssh itself is configured for.</summary>
    Normal,

    /// <summary>A new key is taken and remembered; a changed one is refused.</summary>
    Auto,

    /// <summary>Any key is taken, and none remembered.</summary>
    Ignore,
}
