using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Libvirt.Integration.Doors;

/// <summary>Something that speaks TLS on a loopback port with a given certificate, and nothing else.</summary>
internal sealed class TlsPeer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Task _serving;

    private TlsPeer(TcpListener listener, X509Certificate2 certificate)
    {
        _listener = listener;
        _serving = ServeAsync(certificate);
    }

    public static TlsPeer Start(int port, X509Certificate2 certificate)
    {
        TcpListener listener = new(IPAddress.Loopback, port);
        listener.Start();
        return new TlsPeer(listener, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(X509Certificate2 certificate)
    {
        try
        {
            using Socket socket = await _listener.AcceptSocketAsync();
            await using SslStream stream = new(new NetworkStream(socket));
            await stream.AuthenticateAsServerAsync(certificate);
            await stream.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception error) when (error is IOException or AuthenticationException or SocketException or ObjectDisposedException)
        {
            // The client did not like the certificate, which is what the test is about.
        }
    }
}
