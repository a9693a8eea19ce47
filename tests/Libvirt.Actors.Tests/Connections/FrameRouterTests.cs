using Libvirt.Calls;
using Libvirt.Events;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connections;

public sealed class FrameRouterTests : IDisposable
{
    private static readonly MessageHeader Ping =
        new(KeepAliveProgram.Number, KeepAliveProgram.Version, (int)KeepAliveProcedure.Ping, MessageType.Message, 0, MessageStatus.Ok);

    private readonly ConnectionParts _parts = new();

    public FrameRouterTests() => _parts.Calls.Open();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task Replies_complete_their_calls_in_whatever_order_they_arrive()
    {
        PendingCall<ConnectGetLibVersionRet> first = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        PendingCall<ConnectGetLibVersionRet> second = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        IReadOnlyList<SentFrame> calls = _parts.SendCalls();

        Assert.Null(_parts.Receive(Version(calls[1], 2), Version(calls[0], 1)));

        Assert.Equal(1ul, (await first.Task).LibVer);
        Assert.Equal(2ul, (await second.Task).LibVer);
        Assert.True(_parts.Calls.IsIdle);
    }

    [Fact]
    public void A_reply_to_a_serial_that_no_call_has_ends_the_connection_and_nothing_behind_it_is_routed()
    {
        PendingCall<ConnectGetLibVersionRet> call = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        SentFrame sent = Assert.Single(_parts.SendCalls());

        Exception? reason = _parts.Receive(
            Frames.Encode(ConnectionParts.ReplyTo(sent) with { Serial = 77 }, XdrVoid.Value),
            Version(sent, 1));

        Assert.Contains("77", Assert.IsType<LibvirtProtocolException>(reason).Message, StringComparison.Ordinal);
        Assert.False(call.IsCompleted);
    }

    [Fact]
    public void The_late_reply_to_an_abandoned_call_is_dropped_once()
    {
        PendingCall<ConnectGetLibVersionRet> call = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        SentFrame sent = Assert.Single(_parts.SendCalls());
        _parts.Calls.Abandon(call);

        Assert.Null(_parts.Receive(Version(sent, 1)));
        Assert.IsType<LibvirtProtocolException>(_parts.Receive(Version(sent, 1)));
    }

    [Fact]
    public async Task A_reply_that_cannot_be_read_fails_its_call_and_ends_the_connection_with_the_same_reason()
    {
        PendingCall<ConnectGetLibVersionRet> call = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        SentFrame sent = Assert.Single(_parts.SendCalls());

        Exception? reason = _parts.Receive(Frames.Encode(ConnectionParts.ReplyTo(sent), new byte[4]));

        Assert.Same(reason, await ConnectionParts.FailureOfAsync<LibvirtProtocolException, ConnectGetLibVersionRet>(call));
    }

    [Fact]
    public async Task An_error_reply_fails_its_call_and_nothing_else()
    {
        PendingCall<XdrVoid> call = _parts.Queue(RemoteProcedures.DomainSuspend);
        SentFrame sent = Assert.Single(_parts.SendCalls());

        Assert.Null(_parts.Receive(Error(sent, ErrorNumber.OperationInvalid, ErrorDomain.Test, "domain is not running")));

        LibvirtRemoteException error = await ConnectionParts.FailureOfAsync<LibvirtRemoteException, XdrVoid>(call);
        Assert.Equal(ErrorNumber.OperationInvalid, error.Code);
    }

    [Fact]
    public void A_proxy_that_has_lost_its_daemon_ends_the_connection_and_the_call_that_showed_it_is_retried_with_the_others()
    {
        PendingCall<ConnectGetLibVersionRet> first = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        PendingCall<ConnectGetLibVersionRet> second = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        IReadOnlyList<SentFrame> calls = _parts.SendCalls();

        Exception? reason = _parts.Receive(BrokenProxy(calls[0]));

        Assert.IsType<IOException>(reason);
        Assert.Equal([first, second], _parts.Calls.TakeAll());
        Assert.False(first.IsCompleted || second.IsCompleted);
    }

    [Fact]
    public async Task The_same_error_of_a_call_that_changes_something_may_be_that_of_a_third_daemon()
    {
        PendingCall<XdrVoid> call = _parts.Queue(RemoteProcedures.DomainSuspend);

        Assert.Null(_parts.Receive(BrokenProxy(Assert.Single(_parts.SendCalls()))));

        await ConnectionParts.FailureOfAsync<LibvirtRemoteException, XdrVoid>(call);
    }

    [Fact]
    public void Pings_of_one_receive_are_answered_with_one_pong()
    {
        Assert.Null(_parts.Receive(Frames.Encode(Ping, XdrVoid.Value), Frames.Encode(Ping, XdrVoid.Value)));

        Assert.Equal(Ping with { Procedure = (int)KeepAliveProcedure.Pong }, Assert.Single(_parts.SendCalls()).Header);
    }

    [Fact]
    public void An_event_whose_serial_equals_that_of_a_call_does_not_answer_the_call()
    {
        PendingCall<ConnectGetLibVersionRet> call = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        _parts.SendCalls();
        ProgramEvent<ConnectEventConnectionClosedMsg> closed = RemoteEvents.ConnectEventConnectionClosed;
        MessageHeader header = new(closed.Program, closed.Version, closed.Number, MessageType.Message, call.Serial, MessageStatus.Ok);

        // That event says that the daemon behind a proxy is lost, so it ends the connection once its owner has got it.
        Assert.IsType<IOException>(_parts.Receive(Frames.Encode(header, new ConnectEventConnectionClosedMsg { Reason = 1 })));

        Assert.IsType<ConnectionClosedEvent>(Assert.Single(_parts.Events).Event);
        Assert.False(call.IsCompleted);
    }

    [Theory]
    [InlineData(MessageType.Call)]
    [InlineData(MessageType.CallWithFds)]
    [InlineData(MessageType.ReplyWithFds)]
    public void Message_types_that_a_daemon_does_not_send_on_this_transport_end_the_connection(MessageType type)
    {
        PendingCall<ConnectGetLibVersionRet> call = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        SentFrame sent = Assert.Single(_parts.SendCalls());

        Assert.IsType<LibvirtProtocolException>(_parts.Receive(Frames.Encode(ConnectionParts.ReplyTo(sent) with { Type = type }, new byte[8])));
        Assert.False(call.IsCompleted);
    }

    [Fact]
    public void A_stream_gets_exactly_its_payload_from_between_other_frames()
    {
        _parts.BeginStream(RemoteProcedures.DomainOpenConsole, out MessageHeader stream);
        byte[] packet = Frames.Encode(stream with { Type = MessageType.Stream, Status = MessageStatus.Continue }, [1, 2, 3, 4, 5, 6, 7, 8]);
        byte[] ping = Frames.Encode(Ping, XdrVoid.Value);

        Assert.Null(_parts.Receive(ping, packet, ping, packet, ping));

        IReadOnlyList<object> packets = _parts.StreamActors[0].Take();
        Assert.Equal(2, packets.Count);
        Assert.All(packets, static packet => Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], ((StreamPacket)packet).Payload.ToArray()));
    }

    private static byte[] Version(SentFrame call, ulong version) =>
        Frames.Encode(ConnectionParts.ReplyTo(call), new ConnectGetLibVersionRet { LibVer = version });

    private static byte[] Error(SentFrame call, ErrorNumber code, ErrorDomain domain, string message) =>
        Frames.Encode(ConnectionParts.ReplyTo(call, MessageStatus.Error), Errors.Remote(code, domain, message));

    private static byte[] BrokenProxy(SentFrame call) => Error(call, ErrorNumber.InternalError, ErrorDomain.Rpc, "client socket is closed");
}
