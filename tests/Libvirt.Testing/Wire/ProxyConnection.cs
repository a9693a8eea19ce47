using System.Net.Sockets;

namespace Libvirt.Testing;

/// <summary>One client's connection through a proxy: two sockets and a pump in each direction.</summary>
internal sealed class ProxyConnection(int number, Socket client, Socket daemon, RecordingProxy proxy) : IDisposable
{
    private const int ReadSize = 65536;
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Moves bytes until either side closes or <see cref="Dispose"/> is called.</summary>
    public async Task RunAsync()
    {
        Task[] pumps = [PumpAsync(client, daemon, proxy.ToDaemon, isFromClient: true), PumpAsync(daemon, client, proxy.ToClient, isFromClient: false)];
        await Task.WhenAll(pumps);
        Dispose();
    }

    /// <summary>Closes both sides at once.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        client.Dispose();
        daemon.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, ProxyDirection direction, bool isFromClient)
    {
        FrameSplitter splitter = new();
        using SemaphoreSlim turn = new(1);
        byte[] buffer = new byte[ReadSize];
        try
        {
            while (true)
            {
                await direction.WhenOpenAsync(_closing.Token);
                int read = await from.ReceiveAsync(buffer, _closing.Token);
                if (read == 0)
                    break;
                foreach (RpcFrame frame in splitter.Push(buffer.AsSpan(0, read)))
                    await HandleAsync(frame, to, turn, direction, isFromClient);
            }
            if (splitter.TakeRest() is RpcFrame rest)
                await HandleAsync(rest, to, turn, direction, isFromClient);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone without a word: the other one must not wait for it.
            Dispose();
        }
    }

    private async Task HandleAsync(RpcFrame frame, Socket to, SemaphoreSlim turn, ProxyDirection direction, bool isFromClient)
    {
        proxy.Recording.Add(new RecordedFrame(number, isFromClient, DateTimeOffset.UtcNow, frame));
        await direction.WhenOpenAsync(_closing.Token);
        if (direction.Delay > TimeSpan.Zero)
            await Task.Delay(direction.Delay, _closing.Token);
        FaultRule? rule = direction.Match(frame);
        switch (rule?.Effect)
        {
            case FaultEffect.Drop:
                break;
            case FaultEffect.Hold:
                rule.Keep(() => SendAsync(to, frame.Bytes, turn));
                break;
            case FaultEffect.Delay:
                await Task.Delay(rule.Delay, _closing.Token);
                await SendAsync(to, frame.Bytes, turn);
                break;
            case FaultEffect.Rewrite:
                await SendAsync(to, rule.Rewriting(frame.Bytes.ToArray()), turn);
                break;
            case FaultEffect.TruncateAndClose:
                await SendAsync(to, rule.Rewriting(frame.Bytes.ToArray()), turn);
                Dispose();
                break;
            default:
                await SendAsync(to, frame.Bytes, turn);
                break;
        }
        rule?.CountHit();
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, SemaphoreSlim turn)
    {
        await turn.WaitAsync(_closing.Token);
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await to.SendAsync(bytes, _closing.Token)..];
        }
        finally
        {
            turn.Release();
        }
    }
}
