using System.Buffers.Binary;
using Xunit;

namespace Libvirt.Testing.Tests;

public sealed class FrameSplitterTests
{
    [Fact]
    public void Messages_come_out_the_same_however_the_bytes_were_split()
    {
        byte[] stream = [.. Message(1, 0), .. Message(2, 12), .. Message(3, 4)];

        for (int split = 0; split <= stream.Length; split++)
        {
            FrameSplitter splitter = new();
            RpcFrame[] frames = [.. splitter.Push(stream.AsSpan(0, split)), .. splitter.Push(stream.AsSpan(split))];

            Assert.Equal([1, 2, 3], frames.Select(frame => frame.Procedure));
            Assert.Equal([0, 12, 4], frames.Select(frame => frame.Payload.Length));
            Assert.Null(splitter.TakeRest());
        }
    }

    [Fact]
    public void The_byte_of_each_file_descriptor_belongs_to_its_message()
    {
        byte[] carrying = Message(1, 4);
        BinaryPrimitives.WriteUInt32BigEndian(carrying.AsSpan(16), (uint)RpcType.ReplyWithFds);
        BinaryPrimitives.WriteUInt32BigEndian(carrying.AsSpan(RpcFrame.PrefixSize), 2);
        byte[] stream = [.. carrying, 0, 0, .. Message(2, 0)];

        RpcFrame[] frames = [.. new FrameSplitter().Push(stream)];

        Assert.Equal([1, 2], frames.Select(frame => frame.Procedure));
        Assert.Equal(4, frames[0].Payload.Length);
        Assert.Equal(34, frames[0].Bytes.Length);
    }

    [Fact]
    public void Bytes_of_another_protocol_pass_as_they_are()
    {
        FrameSplitter splitter = new();

        RpcFrame frame = Assert.Single(splitter.Push("GET / HTTP/1.1\r\n"u8));

        Assert.False(frame.IsWhole);
        Assert.Equal(16, frame.Bytes.Length);
    }

    [Fact]
    public void A_message_that_the_end_cut_off_is_the_rest()
    {
        FrameSplitter splitter = new();

        Assert.Empty(splitter.Push(Message(1, 8).AsSpan(0, 30)));

        Assert.Equal(30, splitter.TakeRest()?.Bytes.Length);
    }

    private static byte[] Message(int procedure, int payload)
    {
        byte[] message = new byte[RpcFrame.PrefixSize + payload];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), RpcProgram.Remote);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(12), procedure);
        return message;
    }
}
