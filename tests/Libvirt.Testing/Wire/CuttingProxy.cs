using System.Net;
using System.Net.Sockets;

namespace Libvirt.Testing;

/// <summary>
/// Stands between clients and a daemon and passes on so many of the daemon's bytes of each connection and no more; then it hangs up, or only falls silent.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly EndPoint _daemon;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;
    private Task _last = Task.CompletedTask;

    private CuttingProxy(Socket listener, EndPoint daemon)
    {
        _listener = listener;
        _daemon = daemon;
        listener.Listen(16);
        _serving = ServeAsync();
    }

    /// <summary>Of each new connection, how many of the daemon's bytes the client gets.</summary>
    public int Cut { get; set; }

    /// <summary>Whether it stays silent after the cut instead of hanging up.</summary>
    public bool Stalls { get; set; }

    /// <summary>Whether it hangs up both ways at once; else it ends its own half and waits for the client, which <see cref="ClientGoneAsync"/> tells of.</summary>
    public bool ClosesBothWays { get; set; }

    /// <summary>The path of its unix socket.</summary>
    public string SocketPath => ((UnixDomainSocketEndPoint)_listener.LocalEndPoint!).ToString();

    /// <summary>Its port on loopback.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>A proxy on a unix socket.</summary>
    public static CuttingProxy OnUnixSocket(EndPoint daemon)
    {
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Scratch.NewPath("cut")));
        return new CuttingProxy(listener, daemon);
    }

    /// <summary>A proxy on a loopback port.</summary>
    public static CuttingProxy OnLoopback(EndPoint daemon)
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new CuttingProxy(listener, daemon);
    }

    /// <summary>Waits until the client of the last connection has closed its end.</summary>
    public Task ClientGoneAsync() => _last;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _serving;
        await _last;
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _last = PassAsync(await _listener.AcceptAsync(_ending.Token), Cut, Stalls);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy ends.
        }
    }

    private async Task PassAsync(Socket accepted, int cut, bool stalls)
    {
        using Socket client = accepted;
        using Socket daemon = new(_daemon.AddressFamily, SocketType.Stream, _daemon.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            await daemon.ConnectAsync(_daemon, _ending.Token);
            Task up = CopyAsync(client, daemon, long.MaxValue);
            await Task.WhenAny(CopyAsync(daemon, client, cut), up);
            if (!stalls && ClosesBothWays)
                return;
            if (!stalls && !up.IsCompleted)
                client.Shutdown(SocketShutdown.Send);
            await up;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // One end went without a goodbye, or the proxy ends.
        }
    }

    private async Task CopyAsync(Socket from, Socket to, long limit)
    {
        byte[] buffer = new byte[65536];
        try
        {
            while (limit > 0)
            {
                int count = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit)), SocketFlags.None, _ending.Token);
                if (count == 0)
                    return;
                limit -= count;
                await to.SendAsync(buffer.AsMemory(0, count), SocketFlags.None, _ending.Token);
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end went without a goodbye, or the proxy ends.
        }
    }
}
