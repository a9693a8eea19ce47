using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;
using Libvirt.Tests.Supervision;

namespace Libvirt.Tests.Connections;

public sealed class StreamTableTests : IDisposable
{
    private readonly ConnectionParts _parts = new();

    public StreamTableTests() => _parts.Calls.Open();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public void Packets_that_overtake_the_reply_reach_the_stream_first_and_in_order()
    {
        MessageHeader header = Opening(out _);

        _parts.Receive(Packet(header, "one_"));
        // The receiver's memory is overwritten by the next receive.
        _parts.Receive(Packet(header, "two_"), Reply(header), Packet(header, "three___"));

        Assert.Equal(["one_", "two_", "three___"], Assert.Single(_parts.StreamActors).Take().Cast<StreamPacket>().Select(TextOf));
    }

    [Fact]
    public void A_packet_holds_the_received_memory_until_its_stream_has_taken_it()
    {
        _parts.BeginStream(RemoteProcedures.DomainOpenConsole, out MessageHeader reply);
        Assert.False(_parts.Router.IsReadingPaused);

        _parts.Receive(Packet(reply, "data"));
        Assert.True(_parts.Router.IsReadingPaused);
        ((StreamPacket)Assert.Single(_parts.StreamActors[0].Take())).Release();

        Assert.False(_parts.Router.IsReadingPaused);
    }

    [Fact]
    public void More_early_packets_than_the_limit_break_the_protocol()
    {
        MessageHeader header = Opening(out _);
        byte[] packet = Frames.Encode(header with { Type = MessageType.Stream, Status = MessageStatus.Continue }, new byte[256 * 1024]);

        Exception? reason = null;
        int count = 0;
        while (reason is null && count++ < 1000)
            reason = _parts.Receive(packet);

        Assert.IsType<LibvirtProtocolException>(reason);
        Assert.InRange(count, EarlyPackets.MaxBytes / (257 * 1024), EarlyPackets.MaxBytes / (256 * 1024));
    }

    [Fact]
    public void Early_packets_of_an_opening_that_fails_do_not_count_against_the_next()
    {
        for (int opening = 0; opening < 200; opening++)
        {
            MessageHeader header = Opening(out _);
            Assert.Null(_parts.Receive(
                Frames.Encode(header with { Type = MessageType.Stream, Status = MessageStatus.Continue }, new byte[256 * 1024]),
                Frames.Encode(header with { Type = MessageType.Reply, Status = MessageStatus.Error }, Errors.Remote(ErrorNumber.InternalError, ErrorDomain.Remote, "no console"))));
        }

        Assert.Empty(_parts.StreamActors);
    }

    [Fact]
    public void A_packet_that_names_another_procedure_breaks_the_protocol()
    {
        _parts.BeginStream(RemoteProcedures.DomainOpenConsole, out MessageHeader reply);

        Assert.IsType<LibvirtProtocolException>(_parts.Receive(Packet(reply with { Procedure = RemoteProcedures.StorageVolDownload.Number }, "data")));
        Assert.Empty(_parts.StreamActors[0].Take());
    }

    [Fact]
    public void A_stream_whose_opening_was_given_up_is_aborted_and_keeps_its_serial_until_the_daemon_ends_it()
    {
        MessageHeader header = Opening(out PendingCall<XdrVoid> opening);
        _parts.Calls.Abandon(opening);

        Assert.Null(_parts.Receive(Packet(header, "data"), Reply(header), Packet(header, "data")));
        Assert.Equal(
            header with { Type = MessageType.Stream, Status = MessageStatus.Error }, Assert.Single(_parts.SendCalls()).Header);
        Assert.True(_parts.Calls.Serials.HasStreams);
        Assert.Empty(_parts.StreamActors);

        // The daemon answers an abort as a reply of the stream.
        Assert.Null(_parts.Receive(Reply(header)));
        Assert.False(_parts.Calls.Serials.HasStreams);
        Assert.IsType<LibvirtProtocolException>(_parts.Receive(Reply(header)));
    }

    [Fact]
    public async Task Streams_take_turns_while_the_socket_blocks_and_each_has_one_packet_waiting()
    {
        StreamPort first = _parts.BeginStream(RemoteProcedures.DomainOpenConsole, out _);
        StreamPort second = _parts.BeginStream(RemoteProcedures.DomainOpenChannel, out _);
        _parts.Transport.Block();
        Task blocked = Write(first, "wait");
        Assert.True(_parts.Streams.Send());
        await blocked.InTimeAsync("The write that blocks the socket");

        Task third = Write(second, "2222");
        Task fourth = Write(first, "1111");
        Assert.False(_parts.Streams.Send());
        Assert.Equal("wait", TextOf(Assert.Single(_parts.Transport.Take())));
        _parts.Transport.Unblock();
        _parts.Sender.Completed();
        Assert.True(_parts.Streams.Send());

        await Task.WhenAll(third, fourth).InTimeAsync("The writes that waited");
        Assert.Equal(["2222", "1111"], _parts.Transport.Take().Select(TextOf));
    }

    [Fact]
    public async Task A_packet_that_its_writer_withdraws_is_not_sent()
    {
        StreamPort port = _parts.BeginStream(RemoteProcedures.DomainOpenConsole, out _);
        using CancellationTokenSource cancellation = new();
        Task withdrawn = Write(port, "gone", cancellation.Token);
        await cancellation.CancelAsync();
        await withdrawn.FailsInTimeAsync<OperationCanceledException>("The withdrawn write");
        Task sent = Write(port, "sent");

        _parts.Streams.Send();

        await sent.InTimeAsync("The write");
        Assert.Equal("sent", TextOf(Assert.Single(_parts.Transport.Take())));
    }

    [Fact]
    public async Task After_the_end_of_a_stream_was_sent_its_writes_fail_and_nothing_follows()
    {
        StreamPort port = _parts.BeginStream(RemoteProcedures.DomainOpenConsole, out MessageHeader reply);
        MessageHeader end = reply with { Type = MessageType.Stream, Status = MessageStatus.Ok };
        Task waiting = Write(port, "late");

        _parts.Streams.SendEnd(end);
        Task later = Write(port, "more");
        _parts.Streams.Send();

        await waiting.FailsInTimeAsync<IOException>("The write that waited");
        await later.FailsInTimeAsync<IOException>("The write that came later");
        Assert.Equal(end, Assert.Single(_parts.SendCalls()).Header);
    }

    [Fact]
    public void A_stream_that_both_sides_have_ended_frees_its_serial()
    {
        StreamPort port = _parts.BeginStream(RemoteProcedures.DomainOpenConsole, out MessageHeader reply);
        port.End(null, byProtocol: true);

        _parts.Streams.Remove(reply.Serial);

        Assert.Equal(0, _parts.Streams.Count);
        Assert.False(_parts.Calls.Serials.HasStreams);
        Assert.Empty(_parts.SendCalls());
    }

    [Fact]
    public async Task A_stream_whose_actor_failed_ends_with_an_error_and_is_aborted_at_the_daemon()
    {
        StreamPort port = _parts.BeginStream(RemoteProcedures.DomainOpenConsole, out MessageHeader reply);

        _parts.Streams.Remove(reply.Serial);

        await port.Completion.FailsInTimeAsync<InvalidOperationException>("The stream");
        Assert.Equal(reply with { Type = MessageType.Stream, Status = MessageStatus.Error }, Assert.Single(_parts.SendCalls()).Header);
        Assert.True(_parts.Calls.Serials.HasStreams);
    }

    /// <summary>A call that begins a stream and is in flight.</summary>
    private MessageHeader Opening(out PendingCall<XdrVoid> call)
    {
        call = _parts.NewCall(RemoteProcedures.DomainOpenConsole);
        call.Stream = new StreamPort(call.Procedure, new StreamBuffering(64 * 1024, null));
        _parts.Calls.Add(call);
        return Assert.Single(_parts.SendCalls()).Header;
    }

    /// <summary>Writes to a stream, as far as the queue of the connection.</summary>
    private Task Write(StreamPort port, string text, CancellationToken cancellationToken = default)
    {
        Task write = port.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), cancellationToken).AsTask();
        _parts.Streams.Enqueue(Assert.IsType<OutgoingPacket>(Assert.Single(_parts.Connection.Take())));
        return write;
    }

    private static byte[] Reply(in MessageHeader call) => Frames.Encode(call with { Type = MessageType.Reply, Status = MessageStatus.Ok }, XdrVoid.Value);

    private static byte[] Packet(in MessageHeader header, string text) =>
        Frames.Encode(header with { Type = MessageType.Stream, Status = MessageStatus.Continue }, System.Text.Encoding.ASCII.GetBytes(text));

    private static string TextOf(StreamPacket packet) => System.Text.Encoding.ASCII.GetString(packet.Payload.Span);

    private static string TextOf(SentFrame frame) => System.Text.Encoding.ASCII.GetString(frame.Payload);
}
