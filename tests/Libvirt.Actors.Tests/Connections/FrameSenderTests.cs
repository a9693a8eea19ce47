using Libvirt.Connections;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connections;

public sealed class FrameSenderTests : IDisposable
{
    private readonly ConnectionParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public void The_frames_of_a_batch_are_sent_with_one_write()
    {
        for (uint serial = 1; serial <= 3; serial++)
            _parts.Sender.AddCall(_parts.NewCall(RemoteProcedures.ConnectGetLibVersion), serial);
        _parts.Sender.Flush();
        _parts.Sender.Flush();

        Assert.Equal(1, _parts.Transport.Sends);
        Assert.Equal([1u, 2u, 3u], _parts.Transport.Take().Select(static frame => frame.Header.Serial));
        Assert.Empty(_parts.Connection.Take());
    }

    [Fact]
    public void Frames_wait_while_a_write_blocks_with_one_ping_and_one_pong_however_many_are_due()
    {
        _parts.Transport.Block();
        _parts.Sender.AddCall(_parts.NewCall(RemoteProcedures.ConnectGetLibVersion), 1);
        _parts.Sender.Flush();
        Assert.True(_parts.Sender.IsBlocked);
        _parts.Transport.Take();

        for (int i = 0; i < 10; i++)
        {
            _parts.Sender.AddKeepAlive(KeepAliveProcedure.Ping);
            _parts.Sender.AddKeepAlive(KeepAliveProcedure.Pong);
            _parts.Sender.Flush();
        }

        Assert.Equal(1, _parts.Transport.Sends);
        _parts.Transport.Unblock();
        Assert.IsType<SendCompleted>(Assert.Single(_parts.Connection.Take()));
        _parts.Sender.Completed();
        _parts.Sender.Flush();
        Assert.Equal(
            [(int)KeepAliveProcedure.Ping, (int)KeepAliveProcedure.Pong], _parts.Transport.Take().Select(static frame => frame.Header.Procedure));

        // The next ones are due again.
        _parts.Sender.AddKeepAlive(KeepAliveProcedure.Ping);
        _parts.Sender.Flush();
        Assert.Single(_parts.Transport.Take());
    }

    [Fact]
    public void A_write_that_fails_later_is_reported_to_the_connection()
    {
        IOException broken = new("Broken pipe");
        _parts.Transport.Block();
        _parts.Sender.AddKeepAlive(KeepAliveProcedure.Ping);
        _parts.Sender.Flush();

        _parts.Transport.Break(broken);

        Assert.Same(broken, Assert.IsType<ConnectionFailed>(Assert.Single(_parts.Connection.Take())).Reason);
    }

    [Fact]
    public void A_call_that_is_larger_than_libvirt_allows_leaves_the_batch_as_it_was()
    {
        _parts.Sender.AddCall(_parts.NewCall(RemoteProcedures.ConnectGetLibVersion), 1);

        Assert.Throws<ArgumentException>(() => _parts.Sender.AddCall(_parts.NewCall(RemoteProcedures.ConnectGetLibVersion, args: new TooLarge()), 2));
        _parts.Sender.AddCall(_parts.NewCall(RemoteProcedures.ConnectGetLibVersion), 3);
        _parts.Sender.Flush();

        IReadOnlyList<SentFrame> frames = _parts.Transport.Take();
        Assert.Equal([1u, 3u], frames.Select(static frame => frame.Header.Serial));
        Assert.All(frames, static frame => Assert.Empty(frame.Payload));
    }

    private sealed class TooLarge : IXdrWritable
    {
        public void Write(ref XdrWriter writer)
        {
            for (int i = 0; i <= FrameLimits.MaxFrame / sizeof(uint); i++)
                writer.WriteUInt32(0);
        }
    }
}
