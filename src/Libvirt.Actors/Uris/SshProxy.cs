namespace Libvirt;

/// <summary>What connects an ssh tunnel with the daemon's socket on the far side: the URI's <c>proxy</c> parameter.</summary>
public enum SshProxy
{
    /// <summary><c>virt-ssh-helper</c> where it is installed, else netcat. Netcat at once where the URI names a socket or a netcat.</summary>
    Auto,

    /// <summary><c>virt-ssh-helper</c>, which finds the socket itself and starts a session daemon where none runs.</summary>
    Native,

    /// <summary>netcat.</summary>
    Netcat,
}
