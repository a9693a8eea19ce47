using System.Net;
using System.Net.Sockets;

namespace Libvirt.Simulator;

/// <summary>A place where clients connect to a simulator: a unix socket or a TCP port.</summary>
public sealed class SimulatedEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(20);

    private readonly HypervisorSimulator _simulator;
    private readonly Lock _gate = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    internal SimulatedEndpoint(HypervisorSimulator simulator, SimulatedHost? host)
    {
        _simulator = simulator;
        Host = host;
    }

    /// <summary>The host that clients get here; null where their URI names it.</summary>
    public SimulatedHost? Host { get; }

    /// <summary>Where it listens; null for a connection in memory.</summary>
    public EndPoint? Address { get; private set; }

    /// <summary>The TCP port; 0 where it is none.</summary>
    public int Port => (Address as IPEndPoint)?.Port ?? 0;

    /// <summary>The URI with which a client of this machine reaches a host here.</summary>
    /// <param name="path">The path, such as <c>/system</c> or the host's name; the endpoint's own host when absent, else <c>/system</c>.</param>
    public string Uri(string? path = null)
    {
        string rooted = path is null ? "/" + (Host?.Name ?? "system") : path.StartsWith('/') ? path : "/" + path;
        return Address is IPEndPoint ip ? $"qemu+tcp://{Reachable(ip)}{rooted}" : $"qemu+unix://{rooted}?socket={Address}";
    }

    // Who listens on every address is reached on the machine's own.
    private static IPEndPoint Reachable(IPEndPoint address) =>
        address.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, address.Port)
        : address.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, address.Port)
        : address;

    /// <summary>Whether a client of this machine comes here by a URI.</summary>
    internal bool IsNamedBy(string uri) => Address switch
    {
        IPEndPoint ip => System.Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) && parsed.Port == ip.Port,
        UnixDomainSocketEndPoint unix => uri.Contains($"socket={unix}", StringComparison.Ordinal) || uri.Contains($"socket={System.Uri.EscapeDataString(unix.ToString())}", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Stops listening. Connections that exist go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await SuspendAsync().ConfigureAwait(false);
        _simulator.Remove(this);
    }

    internal void Listen(EndPoint address)
    {
        lock (_gate)
        {
            if (address is UnixDomainSocketEndPoint unix)
                File.Delete(unix.ToString());
            Socket listener = new(address.AddressFamily, SocketType.Stream, address is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
            try
            {
                if (address is IPEndPoint)
                    listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                listener.Bind(address);
                listener.Listen(backlog: 4096);
            }
            catch
            {
                listener.Dispose();
                throw;
            }
            Address = listener.LocalEndPoint;
            _listener = listener;
            _accepting = AcceptAsync(listener);
        }
    }

    /// <summary>Stops listening; a client that tries is refused.</summary>
    internal Task SuspendAsync()
    {
        lock (_gate)
        {
            if (_listener is null)
                return _accepting;
            Socket listener = _listener;
            _listener = null;
            listener.Dispose();
            if (Address is UnixDomainSocketEndPoint unix)
                File.Delete(unix.ToString());
            return _accepting;
        }
    }

    /// <summary>Listens again where it listened before.</summary>
    internal void Resume()
    {
        lock (_gate)
        {
            if (_listener is null && Address is not null)
                Listen(Address);
        }
    }

    private bool IsListening(Socket listener)
    {
        lock (_gate)
            return _listener == listener;
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (!IsListening(listener))
                    return;
                // Out of descriptors, most likely: the client waits in the backlog until one is free.
                await Task.Delay(AcceptPause).ConfigureAwait(false);
                continue;
            }
            if (client.ProtocolType == ProtocolType.Tcp)
                client.NoDelay = true;
            _simulator.Admit(this, new NetworkStream(client, ownsSocket: true));
        }
    }
}
