using System.Net;
using System.Net.Sockets;

namespace Libvirt.Simulator;

/// <summary>
/// A libvirt daemon in the process. It holds any number of simulated hosts and serves them, over libvirt's own protocol, to every client that
/// connects to one of its endpoints: this project's, virsh, or any other. Its state lives in memory and ends with it; volumes may be kept in a folder.
/// </summary>
/// <remarks>
/// A client reaches a host by the endpoint that was opened for it, or, on an endpoint for all, by the path of the URI it opens:
/// <c>qemu:///hv2</c> is the host named <c>hv2</c>; <c>qemu:///system</c> and <c>qemu:///session</c> are the first host.
/// All members may be used from any thread.
/// </remarks>
public sealed class HypervisorSimulator : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<SimulatedHost> _hosts = [];
    private readonly Dictionary<string, SimulatedHost> _hostsByName = [];
    private readonly List<SimulatedEndpoint> _endpoints = [];
    private readonly Dictionary<ClientSession, Task> _sessions = [];
    private bool _isDisposed;

    /// <summary>Makes a simulator without hosts and endpoints.</summary>
    public HypervisorSimulator(SimulatorOptions? options = null)
    {
        Options = options ?? new SimulatorOptions();
        Script = new SimulatorScript(this);
    }

    /// <summary>How it behaves.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>The clock of everything in it.</summary>
    public TimeProvider Time => Options.Time;

    /// <summary>What goes wrong, and when.</summary>
    public SimulatorScript Script { get; }

    /// <summary>Its hosts, in the order in which they were added.</summary>
    public IReadOnlyList<SimulatedHost> Hosts
    {
        get
        {
            lock (_gate)
                return [.. _hosts];
        }
    }

    /// <summary>How many clients are connected, to all hosts together.</summary>
    public int ClientCount
    {
        get
        {
            lock (_gate)
                return _sessions.Count;
        }
    }

    /// <summary>Adds a host.</summary>
    /// <param name="name">Its name, which is its host name and the path by which clients open it. Unique in this simulator.</param>
    /// <param name="hardware">What it consists of; a small server when absent.</param>
    /// <param name="storageFolder">
    /// A folder for its volumes, each a file POOL/VOLUME with holes where nothing was written; it is made where it is not there. What lies in it already is
    /// the host's, so that volumes outlive the simulator. When absent, a folder of the host's name in <see cref="SimulatorOptions.StorageFolder"/>, and
    /// memory where that is absent too. No two hosts may share one.
    /// </param>
    /// <exception cref="ArgumentException">There is a host of this name, or no folder can have it.</exception>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be used.</exception>
    public SimulatedHost AddHost(string name, SimulatedHardware? hardware = null, string? storageFolder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (storageFolder is null && Options.StorageFolder is { } folder)
            storageFolder = VolumeFolder.CanHold(name) ? Path.Combine(folder, name) : throw new ArgumentException($"No folder can have the name {name}.", nameof(name));
        lock (_gate)
        {
            if (_hostsByName.ContainsKey(name))
                throw new ArgumentException($"There is a host named {name}.", nameof(name));
            SimulatedHost host = new(this, name, hardware ?? new SimulatedHardware(), storageFolder);
            _hosts.Add(host);
            _hostsByName.Add(name, host);
            return host;
        }
    }

    /// <summary>Finds a host by its name; null when there is none.</summary>
    public SimulatedHost? FindHost(string name)
    {
        lock (_gate)
            return _hostsByName.GetValueOrDefault(name);
    }

    /// <summary>Listens on a unix socket. A file that lies at the path is removed.</summary>
    /// <param name="path">At most 107 bytes.</param>
    /// <param name="host">The host that clients get here; null for the one that their URI names.</param>
    /// <exception cref="SocketException">The path cannot be used.</exception>
    public SimulatedEndpoint ListenUnix(string path, SimulatedHost? host = null) => Listen(new UnixDomainSocketEndPoint(path), host);

    /// <summary>Listens on a loopback TCP port, without authentication and encryption.</summary>
    /// <param name="port">0 for a free one.</param>
    /// <param name="host">The host that clients get here; null for the one that their URI names.</param>
    /// <exception cref="SocketException">The port cannot be used.</exception>
    public SimulatedEndpoint ListenTcp(int port = 0, SimulatedHost? host = null) => Listen(new IPEndPoint(IPAddress.Loopback, port), host);

    /// <summary>Listens on any address of the machine. Whoever reaches it may do everything.</summary>
    /// <inheritdoc cref="ListenTcp(int, SimulatedHost?)"/>
    public SimulatedEndpoint ListenTcp(IPEndPoint address, SimulatedHost? host = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Listen(address, host);
    }

    /// <summary>Connects a client without a socket. The caller owns the stream and ends the connection by disposing it.</summary>
    /// <param name="host">The host that the client gets; null for the one that its URI names.</param>
    public Stream ConnectInMemory(SimulatedHost? host = null)
    {
        (Stream client, Stream server) = DuplexStream.CreatePair(Options.InMemoryCapacity);
        Admit(new SimulatedEndpoint(this, host), server);
        return client;
    }

    /// <summary>Closes all endpoints and connections.</summary>
    public async ValueTask DisposeAsync()
    {
        SimulatedEndpoint[] endpoints;
        KeyValuePair<ClientSession, Task>[] sessions;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            endpoints = [.. _endpoints];
        }
        Script.Clear();
        foreach (SimulatedEndpoint endpoint in endpoints)
            await endpoint.DisposeAsync().ConfigureAwait(false);
        lock (_gate)
            sessions = [.. _sessions];
        foreach (KeyValuePair<ClientSession, Task> session in sessions)
            session.Key.Close();
        await Task.WhenAll(sessions.Select(s => s.Value)).ConfigureAwait(false);
        foreach (SimulatedHost host in Hosts)
            host.Stop();
    }

    internal void Admit(SimulatedEndpoint endpoint, Stream stream)
    {
        ClientSession session = new(this, endpoint, stream);
        lock (_gate)
        {
            if (_isDisposed)
            {
                stream.Dispose();
                return;
            }
            // Entered before it runs: it takes itself out at its end, which may come at once.
            TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _sessions.Add(session, RunAsync(session, begin.Task));
            begin.SetResult();
        }
    }

    internal void Remove(ClientSession session)
    {
        lock (_gate)
            _sessions.Remove(session);
    }

    internal void Remove(SimulatedEndpoint endpoint)
    {
        lock (_gate)
            _endpoints.Remove(endpoint);
    }

    /// <summary>The endpoints that serve one host alone.</summary>
    internal SimulatedEndpoint[] EndpointsOf(SimulatedHost host)
    {
        lock (_gate)
            return [.. _endpoints.Where(e => e.Host == host)];
    }

    /// <summary>The host that a client means by a URI; null when there is none.</summary>
    internal SimulatedHost? Resolve(SimulatedEndpoint endpoint, string? uri)
    {
        if (endpoint.Host is not null)
            return endpoint.Host;
        string name = HostPath.NameOf(uri);
        return FindHost(name) ?? (HostPath.MeansAnyHost(name) && Hosts is [var first, ..] ? first : null);
    }

    /// <summary>The host that a URI leads to: by the endpoint it names, by its host name, or by its path; null when there is none.</summary>
    internal SimulatedHost? Reach(string uri)
    {
        SimulatedEndpoint? endpoint;
        lock (_gate)
            endpoint = _endpoints.Find(e => e.IsNamedBy(uri));
        if (endpoint is not null)
            return Resolve(endpoint, uri);
        string host = System.Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) ? parsed.Host : "";
        return FindHost(host) ?? FindHost(HostPath.NameOf(uri));
    }

    private static async Task RunAsync(ClientSession session, Task begin)
    {
        await begin.ConfigureAwait(false);
        await session.RunAsync().ConfigureAwait(false);
    }

    private SimulatedEndpoint Listen(EndPoint address, SimulatedHost? host)
    {
        SimulatedEndpoint endpoint = new(this, host);
        endpoint.Listen(address);
        lock (_gate)
            _endpoints.Add(endpoint);
        return endpoint;
    }
}
