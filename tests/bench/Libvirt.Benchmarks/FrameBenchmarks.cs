using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Libvirt.Protocol;

namespace Libvirt.Benchmarks;

/// <summary>Frames found in received bytes.</summary>
public class FrameBenchmarks
{
    private const int FrameCount = 100;
    private const int FrameSize = FrameLimits.PrefixSize + 8;

    private readonly byte[] _received = new byte[FrameCount * FrameSize];

    [GlobalSetup]
    public void Encode()
    {
        for (int i = 0; i < FrameCount; i++)
        {
            Span<byte> frame = _received.AsSpan(i * FrameSize, FrameSize);
            BinaryPrimitives.WriteInt32BigEndian(frame, FrameSize);
            XdrWriter writer = new(frame[FrameLimits.LengthSize..]);
            new MessageHeader(0x20008086, 1, 157, MessageType.Reply, (uint)i, MessageStatus.Ok).Write(ref writer);
        }
    }

    [Benchmark(Description = "find a frame and read its header", OperationsPerInvoke = FrameCount)]
    public uint Scan()
    {
        ReadOnlySpan<byte> buffered = _received;
        uint last = 0;
        while (FrameScanner.TryReadFrame(ref buffered, out MessageHeader header, out _))
            last = header.Serial;
        return last;
    }
}
