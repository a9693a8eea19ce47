using System.Net.Sockets;

namespace Libvirt.Transports;

/// <summary>Connects unix and TCP sockets and says in libvirt's terms why it could not.</summary>
internal sealed class SocketConnector : ITransportConnector
{
    // Linux doubles it, and wakes a writer when a quarter is left: then that is a stream's whole packet, with which the daemon is busy until the next has come.
    // It is a limit: an idle socket takes none of it.
    private const int UnixSendBuffer = 512 * 1024;

    public async ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        Socket socket = await OpenAsync(endpoint, cancellationToken).ConfigureAwait(false);
        return endpoint switch
        {
            UnixEndpoint { PassesDescriptors: true } => new DescriptorTransport(socket),
            TcpEndpoint => new SecurableTransport(Plain(socket)),
            _ => Plain(socket),
        };
    }

    /// <summary>A connected socket, which the caller owns.</summary>
    /// <exception cref="LibvirtConnectException">It cannot be reached; nothing is left behind.</exception>
    public async ValueTask<Socket> OpenAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = Create(endpoint);
            await ConnectAsync(socket, endpoint, cancellationToken).ConfigureAwait(false);
            Socket connected = socket;
            socket = null;
            return connected;
        }
        catch (SocketException error)
        {
            throw Explain(endpoint, error);
        }
        catch (ArgumentException error) when (endpoint is UnixEndpoint unix)
        {
            throw new LibvirtConnectException(
                ConnectFailure.UnsupportedUri, $"The socket path '{unix.SocketPath}' cannot be used; a unix socket's path has at most 107 bytes.", error);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private static IByteTransport Plain(Socket socket) => OperatingSystem.IsLinux() ? new LinuxSocketTransport(socket) : new SocketTransport(socket);

    private static Socket Create(Endpoint endpoint) => endpoint is UnixEndpoint
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendBufferSize = UnixSendBuffer }
        : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static ValueTask ConnectAsync(Socket socket, Endpoint endpoint, CancellationToken cancellationToken) => endpoint switch
    {
        UnixEndpoint unix => socket.ConnectAsync(new UnixDomainSocketEndPoint(unix.SocketPath), cancellationToken),
        TcpEndpoint tcp => socket.ConnectAsync(tcp.Host, tcp.Port, cancellationToken),
        TlsEndpoint tls => socket.ConnectAsync(tls.Host, tls.Port, cancellationToken),
        _ => throw new InvalidOperationException($"No socket reaches {endpoint}."),
    };

    private static LibvirtConnectException Explain(Endpoint endpoint, SocketException error)
    {
        (ConnectFailure reason, string text) = error.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable or SocketError.NotSocket when endpoint is UnixEndpoint =>
                (ConnectFailure.SocketNotFound, $"There is no {Bare(endpoint)}. Is the daemon running, and does it listen there?"),
            SocketError.AccessDenied =>
                (ConnectFailure.AccessDenied, $"This user may not open {endpoint}. See the permissions of the socket and of the directories above it."),
            SocketError.ConnectionRefused =>
                (ConnectFailure.Refused, $"Nobody listens on {endpoint}. Is the daemon running?"),
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                (ConnectFailure.Unreachable, $"The host of {endpoint} is not known."),
            SocketError.InvalidArgument when endpoint.Host.Split('%') is [_, string zone] =>
                (ConnectFailure.Unreachable, $"{endpoint} cannot be reached. There is no network interface '{zone}', or it has no such addresses."),
            SocketError.TimedOut =>
                (ConnectFailure.TimedOut, $"{endpoint} does not answer."),
            _ => (ConnectFailure.Unreachable, $"{endpoint} cannot be reached: {error.Message}."),
        };
        return new LibvirtConnectException(reason, text, error);
    }

    private static string Bare(Endpoint endpoint) => endpoint is UnixEndpoint unix ? $"socket {unix.SocketPath}" : endpoint.ToString();
}
