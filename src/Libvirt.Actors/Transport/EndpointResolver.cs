namespace Libvirt.Transport;

/// <summary>Finds the endpoint that a URI means, as libvirt's own client does.</summary>
internal sealed class EndpointResolver(Func<string, string?> environment, Func<string, bool> exists, bool isRoot)
{
    private const string SystemDirectory = "/run/libvirt";

    private static readonly Dictionary<string, string> ModularDaemons = new(StringComparer.Ordinal)
    {
        ["qemu"] = "virtqemud",
        ["lxc"] = "virtlxcd",
        ["xen"] = "virtxend",
        ["ch"] = "virtchd",
        ["bhyve"] = "virtbhyved",
        ["vz"] = "virtvzd",
        ["vbox"] = "virtvboxd",
        ["network"] = "virtnetworkd",
        ["storage"] = "virtstoraged",
        ["interface"] = "virtinterfaced",
        ["nodedev"] = "virtnodedevd",
        ["nwfilter"] = "virtnwfilterd",
        ["secret"] = "virtsecretd",
    };

    /// <summary>The resolver of this process: its environment, its file system, its user.</summary>
    public static EndpointResolver System { get; } = new(
        Environment.GetEnvironmentVariable, File.Exists, Environment.IsPrivilegedProcess);

    public Endpoint Resolve(LibvirtUri uri, bool readOnly) => uri.Transport == UriTransport.Tcp
        ? new TcpEndpoint(uri.Host ?? "localhost", uri.Port ?? TcpEndpoint.DefaultPort)
        : new UnixEndpoint(uri.Socket ?? SocketPath(uri, readOnly));

    private string SocketPath(LibvirtUri uri, bool readOnly)
    {
        bool session = uri.Path == "/session" || (uri.Path != "/system" && !isRoot);
        string directory = session ? Path.Combine(UserRuntimeDirectory(), "libvirt") : SystemDirectory;
        // A session daemon serves one user and has no read-only socket.
        string suffix = readOnly && !session ? "-sock-ro" : "-sock";
        string legacy = Path.Combine(directory, "libvirt" + suffix);
        if (uri.Mode == DaemonMode.Legacy || !ModularDaemons.TryGetValue(uri.Driver, out string? daemon))
        {
            return uri.Mode == DaemonMode.Direct
                ? throw new LibvirtConnectException(ConnectFailure.UnsupportedUri, $"'{uri}' asks for mode=direct, and the driver {uri.Driver} has no daemon of its own.")
                : legacy;
        }

        string direct = Path.Combine(directory, daemon + suffix);
        return uri.Mode == DaemonMode.Direct || exists(direct) ? direct : legacy;
    }

    private string UserRuntimeDirectory()
    {
        if (environment("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
            return runtime;
        if (environment("XDG_CACHE_HOME") is { Length: > 0 } cache)
            return cache;
        return Path.Combine(environment("HOME") ?? "/", ".cache");
    }
}
