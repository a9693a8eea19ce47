using System.Buffers;
using System.Buffers.Binary;
using FsCheck;

namespace Libvirt.Protocol.Tests;

public sealed class FrameScannerTests
{
    private static readonly MessageHeader Header = new(0x20008086, 1, 16, MessageType.Reply, 0xFFFFFFFF, MessageStatus.Ok);

    [Fact]
    public void Frames_are_found_one_after_another_however_the_bytes_are_split()
    {
        byte[] bytes = [.. Frame([1, 2, 3, 4]), .. Frame([]), .. Frame([5, 6, 7, 8, 9, 10, 11, 12])];
        for (int offset = 0; offset <= bytes.Length; offset++)
            AssertThreeFrames(Segments.SplitAt(bytes, offset));
        AssertThreeFrames(Segments.OneByOne(bytes));
    }

    [Fact]
    public void Frames_that_arrive_in_pieces_of_any_size_are_found_once_each_and_in_order() =>
        Properties.Hold(Properties.Any<(byte[][] Payloads, PositiveInt[] Sizes)>(), arrival =>
        {
            byte[] bytes = [.. arrival.Payloads.SelectMany(Frame)];
            List<byte[]> found = [];
            List<ReadOnlyMemory<byte>> unread = [];
            foreach (ReadOnlyMemory<byte> piece in Pieces(bytes, arrival.Sizes))
            {
                unread.Add(piece);
                ReadOnlySequence<byte> buffered = Segments.Of([.. unread]);
                while (FrameScanner.TryReadFrame(ref buffered, out MessageHeader header, out ReadOnlySequence<byte> payload))
                {
                    Assert.Equal(Header, header);
                    found.Add(payload.ToArray());
                }

                unread = [.. SegmentsOf(buffered)];
            }

            Assert.Empty(unread);
            Assert.Equal(arrival.Payloads, found);
        });

    [Fact]
    public void A_frame_that_is_not_whole_is_left_where_it_is()
    {
        byte[] frame = Frame([1, 2, 3, 4]);
        for (int length = 0; length < frame.Length; length++)
        {
            ReadOnlySequence<byte> buffered = new(frame, 0, length);
            Assert.False(FrameScanner.TryReadFrame(ref buffered, out _, out _));
            Assert.Equal(length, buffered.Length);
            ReadOnlySpan<byte> span = frame.AsSpan(0, length);
            Assert.False(FrameScanner.TryReadFrame(ref span, out _, out _));
            Assert.Equal(length, span.Length);
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(27u)]
    [InlineData(33554437u)]
    [InlineData(0x80000000u)]
    [InlineData(0xFFFFFFFFu)]
    public void An_illegal_length_is_refused_before_the_frame_is_there(uint length)
    {
        byte[] word = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(word, length);
        Assert.Throws<ProtocolException>(() => FrameScanner.TryReadLength(word, out _));
        Assert.Throws<ProtocolException>(() =>
        {
            ReadOnlySequence<byte> buffered = new(word);
            FrameScanner.TryReadFrame(ref buffered, out _, out _);
        });
    }

    [Fact]
    public void The_largest_legal_length_is_taken()
    {
        Assert.True(FrameScanner.TryReadLength([0x02, 0x00, 0x00, 0x04], out int length));
        Assert.Equal(33554436, length);
    }

    [Theory]
    [InlineData(16, 7u)]
    [InlineData(24, 3u)]
    public void A_type_or_status_that_does_not_exist_is_refused(int offset, uint value)
    {
        byte[] frame = Frame([]);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(offset), value);
        Assert.Throws<ProtocolException>(() =>
        {
            ReadOnlySpan<byte> buffered = frame;
            FrameScanner.TryReadFrame(ref buffered, out _, out _);
        });
    }

    private static void AssertThreeFrames(ReadOnlySequence<byte> buffered)
    {
        foreach (int length in (int[])[4, 0, 8])
        {
            Assert.True(FrameScanner.TryReadFrame(ref buffered, out MessageHeader header, out ReadOnlySequence<byte> payload));
            Assert.Equal(Header, header);
            Assert.Equal(length, payload.Length);
        }

        Assert.True(buffered.IsEmpty);
    }

    // The sizes are taken in turn; the last piece is what is left.
    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] bytes, PositiveInt[] sizes)
    {
        ReadOnlyMemory<byte> left = bytes;
        for (int i = 0; !left.IsEmpty; i++)
        {
            int size = sizes.Length == 0 ? left.Length : Math.Min(sizes[i % sizes.Length].Item, left.Length);
            yield return left[..size];
            left = left[size..];
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> SegmentsOf(ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> segment in bytes)
        {
            if (!segment.IsEmpty)
                yield return segment;
        }
    }

    private static byte[] Frame(byte[] payload)
    {
        byte[] frame = new byte[FrameLimits.PrefixSize + payload.Length];
        XdrWriter writer = new(frame);
        writer.WriteInt32(frame.Length);
        Header.Write(ref writer);
        payload.CopyTo(frame.AsSpan(FrameLimits.PrefixSize));
        return frame;
    }
}
