using System.Buffers.Binary;
using Libvirt.Connections;
using Libvirt.Protocol;

namespace Libvirt.Tests.Reading;

/// <summary>What a peer announces costs nothing; what it sends costs no more than twice of it, up to the largest frame.</summary>
public sealed class FrameBufferTests : IDisposable
{
    private const int Small = 64 * 1024;

    private readonly FrameBuffer _buffer = new();
    private int _received;

    // What is left free, and what is taken.
    private int Capacity => _received + _buffer.Free.Length;

    public void Dispose() => _buffer.Dispose();

    [Fact]
    public void The_largest_frame_announced_takes_no_room_until_it_comes()
    {
        Assert.True(Receive(Announced(FrameLimits.MaxFrame)).IsEmpty);

        Assert.InRange(Capacity, 1, Small);
    }

    [Fact]
    public void A_frame_of_the_limit_takes_at_any_time_at_most_twice_what_came()
    {
        byte[] bytes = new byte[FrameLimits.MaxFrame];
        Announced(bytes.Length).CopyTo(bytes);
        ReadOnlyMemory<byte> rest = bytes;
        ReadOnlyMemory<byte> whole = default;
        while (!rest.IsEmpty)
        {
            int count = Math.Min(rest.Length, 10_000);
            whole = Receive(rest.Span[..count]);
            rest = rest[count..];
            Assert.InRange(Capacity, _received, Math.Max(Small, 2 * _received));
        }

        Assert.Equal(FrameLimits.MaxFrame, whole.Length);
    }

    [Fact]
    public void A_frame_beyond_the_limit_is_refused_at_its_length()
    {
        byte[] length = Announced(FrameLimits.MaxFrame + 1)[..FrameLimits.LengthSize];

        Assert.Throws<ProtocolException>(() => { Receive(length); });
        Assert.InRange(Capacity, 1, Small);
    }

    [Fact]
    public void The_room_of_a_large_frame_is_given_back_when_small_ones_follow()
    {
        byte[] large = new byte[1 << 20];
        Announced(large.Length).CopyTo(large, 0);
        Receive(large);
        Consume(large.Length);

        byte[] small = Announced(FrameLimits.PrefixSize);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(small.Length, Receive(small).Length);
            Consume(small.Length);
        }

        Assert.InRange(Capacity, 1, Small);
    }

    private static byte[] Announced(int length)
    {
        byte[] prefix = new byte[FrameLimits.PrefixSize];
        BinaryPrimitives.WriteInt32BigEndian(prefix, length);
        return prefix;
    }

    /// <summary>Receives in as many portions as the buffer has room for.</summary>
    private ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> bytes)
    {
        ReadOnlyMemory<byte> whole = default;
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, _buffer.Free.Length);
            bytes[..count].CopyTo(_buffer.Free.Span);
            _received += count;
            whole = _buffer.Add(count);
            bytes = bytes[count..];
        }

        return whole;
    }

    private void Consume(int count)
    {
        _buffer.Consume();
        _received -= count;
    }
}
