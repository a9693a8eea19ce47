using System.IO.Pipelines;
using Libvirt.Transports;

namespace Libvirt.Tests.Scripting;

/// <summary>The client's end of an in-memory wire; a test holds the other end.</summary>
internal sealed class ScriptedTransport(PipeReader incoming, PipeWriter outgoing) : IByteTransport
{
    private readonly CancellationTokenSource _disposed = new();

    public bool IsDisposed => _disposed.IsCancellationRequested;

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        ReadResult result = await incoming.ReadAsync(_disposed.Token);
        int count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        System.Buffers.ReadOnlySequence<byte> taken = result.Buffer.Slice(0, count);
        int offset = 0;
        foreach (ReadOnlyMemory<byte> segment in taken)
        {
            segment.CopyTo(buffer[offset..]);
            offset += segment.Length;
        }

        incoming.AdvanceTo(taken.End);
        return count;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => await outgoing.WriteAsync(bytes, _disposed.Token);

    public void Dispose()
    {
        _disposed.Cancel();
        outgoing.Complete();
    }
}
