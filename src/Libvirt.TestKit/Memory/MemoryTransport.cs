using Libvirt.Transports;

namespace Libvirt.TestKit;

/// <summary>Bytes over a stream in memory. Owns the stream.</summary>
internal sealed class MemoryTransport(Stream stream) : IByteTransport
{
    private readonly CancellationTokenSource _ended = new();

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => stream.ReadAsync(buffer, _ended.Token);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes, _ended.Token);

    public void Dispose()
    {
        // What is pending ends first: a pipe in use does not like to be closed.
        _ended.Cancel();
        stream.Dispose();
    }
}
