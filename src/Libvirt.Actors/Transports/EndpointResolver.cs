namespace Libvirt.Transports;

/// <summary>Finds the endpoint that a URI means, as libvirt's own client does.</summary>
internal sealed class EndpointResolver(UserDirectories directories, Func<string, bool> exists)
{
    private const string SystemSockets = "/run/libvirt";

    public EndpointResolver(Func<string, string?> environment, Func<string, bool> exists, bool isRoot)
        : this(new UserDirectories(environment, isRoot), exists)
    {
    }

    /// <summary>The resolver of this process: its environment, its file system, its user.</summary>
    public static EndpointResolver System { get; } = new(UserDirectories.System, File.Exists);

    public Endpoint Resolve(LibvirtUri uri, HypervisorOptions options) => Resolve(uri, options.ReadOnly) switch
    {
        UnixEndpoint unix => unix with { PassesDescriptors = options.FileDescriptors },
        ProcessEndpoint { IsSshTunnel: true } => SshCommand.Build(uri, options.ReadOnly, options.ConnectTimeout),
        Endpoint other => other,
    };

    public Endpoint Resolve(LibvirtUri uri, bool readOnly)
    {
        string host = uri.Host ?? "localhost";
        return uri.Transport switch
        {
            UriTransport.Tcp => new TcpEndpoint(host, uri.Port ?? TcpEndpoint.DefaultPort),
            UriTransport.Tls => new TlsEndpoint(
                host, uri.Port ?? TlsEndpoint.DefaultPort, Pki(uri), Verify: !uri.Parameters.NoVerify, CheckOwn: !uri.Parameters.NoSanity),
            UriTransport.Ssh => SshCommand.Build(uri, readOnly, HypervisorOptions.Default.ConnectTimeout),
            UriTransport.Ext => new ProcessEndpoint(uri.Parameters.Command!, [], host, IsSshTunnel: false),
            _ => new UnixEndpoint(uri.Socket ?? SocketPath(uri, readOnly)),
        };
    }

    /// <summary>The socket on which a daemon lets itself be administered: <c>libvirtd:///system</c>, <c>virtqemud:///session</c>.</summary>
    public UnixEndpoint ResolveAdmin(LibvirtUri uri)
    {
        if (uri.Transport != UriTransport.Unix)
            throw new LibvirtConnectException(ConnectFailure.UnsupportedUri, $"'{uri}': a daemon is administered over its unix socket only.");
        if (uri.Driver != "libvirtd" && !ModularDaemons.IsDaemon(uri.Driver))
        {
            throw new LibvirtConnectException(
                ConnectFailure.UnsupportedUri, $"'{uri}' names no daemon. Write one such as libvirtd:///system or virtqemud:///session.");
        }

        bool session = uri.Path == "/session" || (uri.Path != "/system" && !directories.IsRoot);
        string name = uri.Driver == "libvirtd" ? "libvirt" : uri.Driver;
        return new UnixEndpoint(uri.Socket ?? Path.Combine(session ? directories.SessionSockets : SystemSockets, $"{name}-admin-sock"));
    }

    private PkiFiles Pki(LibvirtUri uri) => uri.Parameters.PkiPath is { } directory
        ? PkiFiles.In(directory)
        : PkiFiles.Usual(directories, exists);

    private string SocketPath(LibvirtUri uri, bool readOnly)
    {
        // Root has no session daemon; /session is the system's to it. Others have the test driver and what their daemon chooses in their own.
        bool session = !directories.IsRoot && (uri.Path == "/session" || (uri.Path != "/system" && uri.Driver is ("test" or "remote")));
        string directory = session ? directories.SessionSockets : SystemSockets;
        // A session daemon serves one user and has no read-only socket.
        string suffix = readOnly && !session ? "-sock-ro" : "-sock";
        string legacy = Socket("libvirt");
        if (uri.Mode == DaemonMode.Legacy)
            return legacy;
        if (uri.Driver == "remote" && uri.Mode == DaemonMode.Auto)
            return exists(legacy) ? legacy : ModularDaemons.Hypervisors.Select(Socket).FirstOrDefault(exists) ?? legacy;
        if (ModularDaemons.Of(uri.Driver) is not { } daemon)
        {
            return uri.Mode == DaemonMode.Direct
                ? throw new LibvirtConnectException(ConnectFailure.UnsupportedUri, $"'{uri}' asks for mode=direct, and the driver {uri.Driver} has no daemon of its own.")
                : legacy;
        }

        string direct = Socket(daemon);
        return uri.Mode == DaemonMode.Direct || exists(direct) ? direct : legacy;

        string Socket(string daemonName) => Path.Combine(directory, daemonName + suffix);
    }
}
