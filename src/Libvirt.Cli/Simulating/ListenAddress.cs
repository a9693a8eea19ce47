using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Libvirt.Cli.Failures;
using Libvirt.Simulator;

namespace Libvirt.Cli.Simulating;

/// <summary>
/// One <c>--listen</c>: where the simulated hosts are to be reached. A TCP address gives each host a port, counting up; a unix socket's path gives each
/// host a socket where it says <c>{n}</c> or <c>{host}</c>, and is one socket for all of them where it does not.
/// </summary>
internal sealed class ListenAddress
{
    private const string Tcp = "tcp://";
    private const string Unix = "unix://";
    private const string Number = "{n}";
    private const string HostName = "{host}";

    private readonly IPEndPoint? _address;
    private readonly string _path;
    private SimulatedEndpoint? _shared;

    private ListenAddress(IPEndPoint? address, string path)
    {
        _address = address;
        _path = path;
    }

    /// <summary>Whether clients on other hosts can reach it.</summary>
    public bool IsReachableFromOtherHosts => _address is { } address && !IPAddress.IsLoopback(address.Address);

    /// <summary>Reads an address.</summary>
    /// <exception cref="UsageException">It is not valid.</exception>
    public static ListenAddress Parse(string text)
    {
        if (text.StartsWith(Unix + "/", StringComparison.Ordinal))
            return new ListenAddress(null, text[Unix.Length..]);
        string address = text.StartsWith(Tcp, StringComparison.Ordinal) ? text[Tcp.Length..].Replace("localhost", "127.0.0.1", StringComparison.Ordinal) : "";
        int port = address.LastIndexOf(':');
        return port > 0 && IPAddress.TryParse(address[..port], out IPAddress? ip) && ushort.TryParse(address[(port + 1)..], out ushort number)
            ? new ListenAddress(new IPEndPoint(ip, number), "")
            : throw new UsageException($"--listen takes tcp://ADDRESS:PORT or unix:///PATH, not '{text}'");
    }

    /// <summary>Listens for the clients of a host.</summary>
    /// <param name="simulator">The simulator.</param>
    /// <param name="host">The host.</param>
    /// <param name="index">Its place among all, from 0.</param>
    /// <returns>The URI by which clients reach it.</returns>
    /// <exception cref="UsageException">The address cannot be used.</exception>
    public string Open(HypervisorSimulator simulator, SimulatedHost host, int index)
    {
        string where = _address is null ? PathOf(host, index) : "";
        try
        {
            if (_address is not null)
                return simulator.ListenTcp(new IPEndPoint(_address.Address, _address.Port == 0 ? 0 : _address.Port + index), host).Uri();
            if (where != _path)
                return ListenUnix(simulator, where, host).Uri();
            _shared ??= ListenUnix(simulator, where, host: null);
            return _shared.Uri(host.Name);
        }
        catch (Exception e) when (e is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            string address = _address is null ? $"{Unix}{where}" : $"{Tcp}{_address} (host {index + 1})";
            throw new UsageException($"cannot listen on {address}: {e.Message}", e);
        }
    }

    public override string ToString() => _address is null ? $"{Unix}{_path}" : $"{Tcp}{_address}";

    private string PathOf(SimulatedHost host, int index) => _path
        .Replace(Number, (index + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(HostName, host.Name, StringComparison.Ordinal);

    // A socket that somebody left behind is in the way and goes; a file with content, or a socket in use, is not ours to take.
    private static SimulatedEndpoint ListenUnix(HypervisorSimulator simulator, string path, SimulatedHost? host)
    {
        if (new FileInfo(path) is { Exists: true } file && (file.Length > 0 || IsInUse(path)))
            throw new IOException("something else is there");
        return simulator.ListenUnix(path, host);
    }

    private static bool IsInUse(string path)
    {
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
