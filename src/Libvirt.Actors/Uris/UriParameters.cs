namespace Libvirt;

/// <summary>
/// The parameters behind a URI's question mark, by libvirt's names. A parameter that the URI leaves out is null, false or the first of its values.
/// </summary>
public sealed record UriParameters
{
    internal static UriParameters None { get; } = new();

    /// <summary><c>name</c>: what the daemon is asked to open, in place of what the URI itself says.</summary>
    public string? Name { get; init; }

    /// <summary><c>socket</c>: the daemon's unix socket; with ssh its path on the far side.</summary>
    public string? Socket { get; init; }

    /// <summary><c>mode</c>: which daemon's socket.</summary>
    public DaemonMode Mode { get; init; }

    /// <summary><c>command</c>: the program that makes the tunnel; with ssh in place of <c>ssh</c>.</summary>
    public string? Command { get; init; }

    /// <summary><c>netcat</c>: the far side's netcat in place of <c>nc</c>.</summary>
    public string? Netcat { get; init; }

    /// <summary><c>keyfile</c>: the private key that ssh offers.</summary>
    public string? KeyFile { get; init; }

    /// <summary><c>known_hosts</c>: the file of ssh host keys.</summary>
    public string? KnownHosts { get; init; }

    /// <summary><c>known_hosts_verify</c>: what happens to a host that is not in that file.</summary>
    public KnownHostsVerify KnownHostsVerify { get; init; }

    /// <summary><c>sshauth</c>: libvirt's names of the ways that ssh may authenticate, in order; empty for ssh's own choice.</summary>
    public IReadOnlyList<string> SshAuth { get; init; } = [];

    /// <summary><c>proxy</c>: what connects the tunnel with the daemon's socket.</summary>
    public SshProxy Proxy { get; init; }

    /// <summary><c>no_tty</c>: ssh asks nobody for passwords.</summary>
    public bool NoTty { get; init; }

    /// <summary><c>no_verify</c>: neither a TLS certificate nor an ssh host key is checked.</summary>
    public bool NoVerify { get; init; }

    /// <summary><c>no_sanity</c>: our own certificates are not looked over before they are used.</summary>
    public bool NoSanity { get; init; }

    /// <summary><c>pkipath</c>: the directory of the certificates, in place of the usual ones.</summary>
    public string? PkiPath { get; init; }

    /// <summary><c>auth</c>: the way to authenticate, such as <c>sasl</c>, <c>sasl.SCRAM-SHA-256</c>, <c>polkit</c> or <c>none</c>.</summary>
    public string? Auth { get; init; }

    /// <summary><c>authfile</c>: the file of credentials, in place of the usual ones.</summary>
    public string? AuthFile { get; init; }
}
