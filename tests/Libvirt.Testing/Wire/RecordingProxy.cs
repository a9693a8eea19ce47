using System.Net;
using System.Net.Sockets;

namespace Libvirt.Testing;

/// <summary>
/// Stands between clients and a daemon, records every message of both directions, and does harm to them where asked to:
/// pauses, delays, drops, holds, corrupts, truncates, closes. File descriptors do not get through.
/// </summary>
public sealed class RecordingProxy : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly EndPoint _daemon;
    private readonly uint? _asUser;
    private readonly List<ProxyConnection> _connections = [];
    private readonly List<Task> _running = [];
    private readonly Lock _gate = new();
    private readonly Task _accepting;
    private bool _isDisposed;

    private RecordingProxy(EndPoint listen, EndPoint daemon, uint? asUser)
    {
        _daemon = daemon;
        _asUser = asUser;
        _listener = NewSocket(listen);
        _listener.Bind(listen);
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>What went through, all connections together.</summary>
    public Recording Recording { get; } = new();

    /// <summary>The direction from clients to the daemon.</summary>
    public ProxyDirection ToDaemon { get; } = new();

    /// <summary>The direction from the daemon to clients.</summary>
    public ProxyDirection ToClient { get; } = new();

    /// <summary>The unix socket that clients connect to; empty where it is a port.</summary>
    public string SocketPath => _listener.LocalEndPoint is UnixDomainSocketEndPoint unix ? unix.ToString() : "";

    /// <summary>The loopback port that clients connect to; 0 where it is a unix socket.</summary>
    public int Port => _listener.LocalEndPoint is IPEndPoint ip ? ip.Port : 0;

    /// <summary>Whether new clients are let in; else they are accepted and closed at once.</summary>
    public bool AdmitsClients { get; set; } = true;

    /// <summary>How many connections are open.</summary>
    public int OpenConnections
    {
        get
        {
            lock (_gate)
                return _connections.Count;
        }
    }

    /// <summary>Opens a proxy on a unix socket of its own.</summary>
    /// <param name="daemon">Where the daemon listens.</param>
    /// <param name="asUser">The user as which to connect to it; the tests' own when absent.</param>
    public static RecordingProxy OnUnixSocket(EndPoint daemon, uint? asUser = null) =>
        new(new UnixDomainSocketEndPoint(Scratch.NewPath("sock")), daemon, asUser);

    /// <summary>Opens a proxy on a free loopback port.</summary>
    /// <inheritdoc cref="OnUnixSocket"/>
    public static RecordingProxy OnLoopback(EndPoint daemon, uint? asUser = null) => new(new IPEndPoint(IPAddress.Loopback, 0), daemon, asUser);

    /// <summary>A URI of the proxy, for example <c>Uri("qemu", "/session")</c>.</summary>
    public string Uri(string driver, string path) =>
        Port == 0 ? $"{driver}+unix://{path}?socket={SocketPath}" : $"{driver}+tcp://127.0.0.1:{Port}{path}";

    /// <summary>Closes both sides of every open connection at once.</summary>
    public void CloseConnections()
    {
        ProxyConnection[] open;
        lock (_gate)
            open = [.. _connections];
        foreach (ProxyConnection connection in open)
            connection.Dispose();
    }

    /// <summary>Closes everything; the recording stays readable.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }
        string path = SocketPath;
        _listener.Dispose();
        await _accepting;
        CloseConnections();
        Task[] running;
        lock (_gate)
            running = [.. _running];
        await Task.WhenAll(running);
        if (path.Length > 0)
            File.Delete(path);
    }

    private async Task AcceptAsync()
    {
        for (int number = 1; ; number++)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            if (AdmitsClients && TryConnect() is Socket daemon)
                Run(new ProxyConnection(number, client, daemon, this));
            else
                client.Dispose();
        }
    }

    private void Run(ProxyConnection connection)
    {
        lock (_gate)
        {
            _connections.Add(connection);
            _running.Add(RunAsync(connection));
        }
    }

    private async Task RunAsync(ProxyConnection connection)
    {
        await Task.Yield();
        await connection.RunAsync();
        lock (_gate)
            _connections.Remove(connection);
    }

    private Socket? TryConnect()
    {
        Socket socket = NewSocket(_daemon);
        try
        {
            // Blocking: who connects is decided by the thread's user at this moment.
            Posix.RunAs(_asUser ?? Posix.EffectiveUserId, () => socket.Connect(_daemon));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private static Socket NewSocket(EndPoint endPoint) =>
        new(endPoint.AddressFamily, SocketType.Stream, endPoint.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
}
