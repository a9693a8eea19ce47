using System.Net.Sockets;
using Libvirt.Transports;

namespace Libvirt.Tests.Transports;

public sealed class StreamTransportTests
{
    [Theory]
    [InlineData(28)]
    [InlineData(28, 28, 40)]
    [InlineData(40, 100_000, 28)]
    public async Task Each_frame_of_a_batch_is_a_write_of_its_own(params int[] frames)
    {
        WriteRecorder recorder = new();
        using StreamTransport transport = new(recorder, new Socket(SocketType.Stream, ProtocolType.Tcp));
        byte[] batch = [.. frames.SelectMany(length => BitConverter.GetBytes(length).Reverse().Concat(new byte[length - sizeof(int)]))];

        await transport.SendAsync(batch);

        Assert.Equal(frames, recorder.Writes);
    }

    /// <summary>Takes some writes at once and others later.</summary>
    private sealed class WriteRecorder : MemoryStream
    {
        public List<int> Writes { get; } = [];

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Writes.Count % 2 == 1)
                await Task.Yield();
            Writes.Add(buffer.Length);
        }
    }
}
