using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Libvirt.Transports;

/// <summary>
/// Connects by TLS with libvirt's certificates. After the handshake the daemon looks at our certificate and says by one byte whether it takes us.
/// </summary>
internal sealed class TlsConnector(SocketConnector sockets)
{
    private const byte Welcome = 1;

    public async ValueTask<IByteTransport> ConnectAsync(TlsEndpoint endpoint, CancellationToken cancellationToken)
    {
        OwnCertificate? own = null;
        ServerCertificateCheck? check = null;
        Socket? socket = null;
        SslStream? stream = null;
        try
        {
            own = OwnCertificate.Load(endpoint);
            check = endpoint.Verify ? ServerCertificateCheck.Load(endpoint) : null;
            socket = await sockets.OpenAsync(endpoint, cancellationToken).ConfigureAwait(false);
            stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false);
            await ShakeHandsAsync(stream, endpoint, own, check, cancellationToken).ConfigureAwait(false);
            await AwaitWelcomeAsync(stream, endpoint, own, cancellationToken).ConfigureAwait(false);
            StreamTransport transport = new(stream, socket);
            (stream, socket) = (null, null);
            return transport;
        }
        finally
        {
            socket?.Dispose();
            if (stream is not null)
                await stream.DisposeAsync().ConfigureAwait(false);
            own?.Dispose();
            check?.Dispose();
        }
    }

    private static async ValueTask ShakeHandsAsync(
        SslStream stream, TlsEndpoint endpoint, OwnCertificate? own, ServerCertificateCheck? check, CancellationToken cancellationToken)
    {
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = endpoint.Host,
            ClientCertificateContext = own?.Context,
            CertificateChainPolicy = check?.Policy,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) => check is null || check.Accepts(certificate, chain),
            AllowRenegotiation = false,
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationException error)
        {
            throw check?.Failure ?? new LibvirtConnectException(
                ConnectFailure.TlsFailed, $"{endpoint} and this client could not agree on TLS: {(error.InnerException ?? error).Message.TrimEnd('.')}.", error);
        }
        catch (IOException error)
        {
            throw new LibvirtConnectException(
                ConnectFailure.Lost, $"{endpoint} closed the connection during the TLS handshake. Does a libvirt daemon listen there with TLS 1.2 or 1.3?", error);
        }
    }

    private static async ValueTask AwaitWelcomeAsync(
        SslStream stream, TlsEndpoint endpoint, OwnCertificate? own, CancellationToken cancellationToken)
    {
        byte[] answer = new byte[1];
        Exception? cause = null;
        try
        {
            if (await stream.ReadAsync(answer, cancellationToken).ConfigureAwait(false) == 1 && answer[0] == Welcome)
                return;
        }
        catch (IOException error)
        {
            cause = error;
        }

        string text = own is null
            ? $"{endpoint} did not take us: it demands a client certificate, and {Lack(endpoint.Pki)}."
            : $"{endpoint} did not take our client certificate {own.Name} from {endpoint.Pki.Certificate}: its authority is another, it is not valid now, or the daemon's list of allowed names or addresses lacks us.";
        throw new LibvirtConnectException(ConnectFailure.TlsClientCertificate, text, cause);
    }

    private static string Lack(PkiFiles pki) =>
        Path.Exists(pki.Certificate) ? $"{pki.Certificate} has no key: there is no {pki.Key}" : $"there is none at {pki.Certificate}";
}
