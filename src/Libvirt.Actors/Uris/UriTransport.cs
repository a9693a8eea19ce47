namespace Libvirt;

/// <summary>How a URI says the daemon is to be reached.</summary>
public enum UriTransport
{
    /// <summary>A unix socket on this machine.</summary>
    Unix,

    /// <summary>Plain TCP.</summary>
    Tcp,

    /// <summary>TLS with libvirt's public-key infrastructure.</summary>
    Tls,

    /// <summary>A tunnel through ssh.</summary>
    Ssh,

    /// <summary>A program given by the <c>command</c> parameter.</summary>
    Ext,
}
