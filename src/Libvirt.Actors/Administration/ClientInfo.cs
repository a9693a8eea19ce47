namespace Libvirt;

/// <summary>Who a client of a daemon is. What belongs to another transport, or was not asked of it, is null.</summary>
public sealed class ClientInfo
{
    internal ClientInfo(DaemonClient client, TypedParameters parameters)
    {
        Id = client.Id;
        ConnectedAt = client.ConnectedAt;
        Transport = client.Transport;
        Parameters = parameters;
        IsReadOnly = parameters.TryGetBoolean("readonly", out bool readOnly) && readOnly;
        SocketAddress = Text("sock_addr");
        SaslUserName = Text("sasl_user_name");
        X509DistinguishedName = Text("tls_x509_dname");
        SelinuxContext = Text("selinux_context");
        UnixProcess = parameters.TryGetInt64("unix_process_id", out long process) ? Unix((int)process) : null;
    }

    /// <summary>Its number, which the daemon gives to no other client.</summary>
    public ulong Id { get; }

    /// <summary>When it connected, to the second; null where the daemon does not know.</summary>
    public DateTimeOffset? ConnectedAt { get; }

    /// <summary>How it is connected.</summary>
    public ClientTransport Transport { get; }

    /// <summary>Whether it came by the read-only socket. Over TCP and TLS the daemon does not know and says false.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Its address and port, <c>192.0.2.7:49152</c>, where it came over TCP or TLS.</summary>
    public string? SocketAddress { get; }

    /// <summary>Its process and user, where it came by a unix socket.</summary>
    public UnixProcessIdentity? UnixProcess { get; }

    /// <summary>The name that it has proved by SASL.</summary>
    public string? SaslUserName { get; }

    /// <summary>The distinguished name of its X.509 certificate, over TLS.</summary>
    public string? X509DistinguishedName { get; }

    /// <summary>Its SELinux context, where the host has SELinux.</summary>
    public string? SelinuxContext { get; }

    /// <summary>Everything that the daemon told of it, under libvirt's own names and in the daemon's order.</summary>
    public TypedParameters Parameters { get; }

    private UnixProcessIdentity Unix(int process) =>
        new(process, Number("unix_user_id"), Text("unix_user_name") ?? "", Number("unix_group_id"), Text("unix_group_name") ?? "");

    private string? Text(string name) => Parameters.TryGetString(name, out string? value) ? value : null;

    private int Number(string name) => Parameters.TryGetInt64(name, out long value) ? (int)value : -1;
}
