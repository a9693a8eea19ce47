using Libvirt.Calls;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connections;

public sealed class OutgoingCallsTests : IDisposable
{
    // Two places for ordinary calls, one that is reserved for control calls.
    private readonly ConnectionParts _parts = new(new HypervisorOptions { MaxInFlight = 3 });

    public void Dispose() => _parts.Dispose();

    [Fact]
    public void During_the_handshake_only_control_calls_are_sent()
    {
        PendingCall<ConnectGetLibVersionRet> ordinary = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        PendingCall<XdrVoid> opening = _parts.Queue(RemoteProcedures.ConnectOpen, CallPriority.Control);

        AssertSent(opening);
        Assert.False(ordinary.WasSent);

        _parts.Calls.Open();
        AssertSent(ordinary);
    }

    [Fact]
    public void Control_calls_pass_a_window_that_ordinary_calls_have_filled()
    {
        _parts.Calls.Open();
        for (int i = 0; i < 3; i++)
            _parts.Queue(RemoteProcedures.DomainGetInfo);
        Assert.Equal(2, _parts.SendCalls().Count);
        Assert.True(_parts.Calls.IsBackedUp);

        PendingCall<XdrVoid> control = _parts.Queue(RemoteProcedures.ConnectClose, CallPriority.Control);
        _parts.Queue(RemoteProcedures.ConnectClose, CallPriority.Control);

        AssertSent(control);
    }

    [Fact]
    public void An_abandoned_call_keeps_its_place_in_the_window_until_the_reply_arrives()
    {
        _parts.Calls.Open();
        PendingCall<DomainGetInfoRet> abandoned = _parts.Queue(RemoteProcedures.DomainGetInfo);
        _parts.Queue(RemoteProcedures.DomainGetInfo);
        PendingCall<DomainGetInfoRet> next = _parts.Queue(RemoteProcedures.DomainGetInfo);
        _parts.SendCalls();

        _parts.Calls.Abandon(abandoned);
        Assert.Empty(_parts.SendCalls());
        Assert.True(_parts.Calls.TryTake(abandoned.Serial, out IPendingCall? late));
        Assert.Null(late);

        AssertSent(next);
    }

    [Fact]
    public void A_call_that_is_abandoned_in_the_queue_is_never_sent()
    {
        _parts.Calls.Open();
        PendingCall<DomainGetInfoRet> abandoned = _parts.Queue(RemoteProcedures.DomainGetInfo);
        PendingCall<DomainGetInfoRet> next = _parts.Queue(RemoteProcedures.DomainGetInfo);

        _parts.Calls.Abandon(abandoned);

        AssertSent(next);
        Assert.False(abandoned.WasSent);
    }

    [Fact]
    public async Task A_call_whose_arguments_cannot_be_encoded_fails_alone()
    {
        _parts.Calls.Open();
        PendingCall<DomainGetInfoRet> before = _parts.Queue(RemoteProcedures.DomainGetInfo);
        PendingCall<DomainGetInfoRet> broken = _parts.Queue(RemoteProcedures.DomainGetInfo, args: new BrokenArguments());
        PendingCall<DomainGetInfoRet> after = _parts.Queue(RemoteProcedures.DomainGetInfo);

        IReadOnlyList<SentFrame> sent = _parts.SendCalls();

        Assert.Equal([before.Serial, after.Serial], sent.Select(static frame => frame.Header.Serial));
        Assert.All(sent, static frame => Assert.Empty(frame.Payload));
        Assert.False(broken.WasSent);
        await ConnectionParts.FailureOfAsync<FormatException, DomainGetInfoRet>(broken);
    }

    [Fact]
    public void Nothing_is_sent_while_the_socket_does_not_accept_the_last_write()
    {
        _parts.Calls.Open();
        _parts.Queue(RemoteProcedures.DomainGetInfo);
        _parts.Transport.Block();
        Assert.Single(_parts.SendCalls());

        PendingCall<DomainGetInfoRet> waiting = _parts.Queue(RemoteProcedures.DomainGetInfo);
        Assert.Empty(_parts.SendCalls());
        Assert.False(waiting.WasSent);

        _parts.Transport.Unblock();
        _parts.Sender.Completed();
        AssertSent(waiting);
    }

    [Fact]
    public void Quick_calls_are_sent_ahead_only_in_turns_that_come_once_for_many_of_them()
    {
        _parts.Calls.Open();
        PendingCall<ConnectGetLibVersionRet> first = _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        _parts.SendCalls();
        _parts.Calls.TryTake(first.Serial, out _);
        _parts.Calls.Answered(first);

        for (int i = 0; i < 4; i++)
            _parts.Queue(RemoteProcedures.ConnectGetLibVersion);
        Assert.Equal(2, _parts.SendCalls().Count);
        Assert.True(_parts.Calls.HasCallsToSendAhead);
        Assert.Empty(_parts.SendCalls());

        // One prompt answer allows one more.
        _parts.Calls.AllowSendingAhead();
        Assert.Single(_parts.SendCalls());
        Assert.False(_parts.Calls.HasCallsToSendAhead);
    }

    [Fact]
    public async Task Overdue_calls_fail_wherever_they_are_and_say_whether_they_were_sent()
    {
        _parts.Calls.Open();
        PendingCall<DomainGetInfoRet> inFlight = _parts.Queue(RemoteProcedures.DomainGetInfo, timeout: TimeSpan.FromSeconds(1));
        PendingCall<DomainGetInfoRet> patient = _parts.Queue(RemoteProcedures.DomainGetInfo, timeout: TimeSpan.FromSeconds(5));
        PendingCall<DomainGetInfoRet> waiting = _parts.Queue(RemoteProcedures.DomainGetInfo, timeout: TimeSpan.FromSeconds(1));
        _parts.SendCalls();

        _parts.Time.Advance(TimeSpan.FromSeconds(1));
        TimeSpan? next = _parts.Calls.FailOverdue();

        Assert.True((await ConnectionParts.FailureOfAsync<LibvirtTimeoutException, DomainGetInfoRet>(inFlight)).Sent);
        Assert.False((await ConnectionParts.FailureOfAsync<LibvirtTimeoutException, DomainGetInfoRet>(waiting)).Sent);
        Assert.False(patient.IsCompleted);
        Assert.Equal(TimeSpan.FromSeconds(4), next);
    }

    [Fact]
    public void One_timer_serves_all_deadlines_and_is_set_again_only_for_an_earlier_one()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Add(5));
        Assert.Null(Add(6));
        Assert.Equal(TimeSpan.FromSeconds(2), Add(2));

        TimeSpan? Add(int seconds) => _parts.Calls.Add(_parts.NewCall(RemoteProcedures.DomainGetInfo, timeout: TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void At_the_end_calls_are_returned_in_the_order_in_which_the_daemon_would_have_got_them()
    {
        _parts.Calls.Open();
        PendingCall<DomainGetInfoRet> first = _parts.Queue(RemoteProcedures.DomainGetInfo);
        PendingCall<DomainGetInfoRet> second = _parts.Queue(RemoteProcedures.DomainGetInfo);
        PendingCall<DomainGetInfoRet> waiting = _parts.Queue(RemoteProcedures.DomainGetInfo);
        _parts.SendCalls();
        PendingCall<XdrVoid> control = _parts.Queue(RemoteProcedures.ConnectClose, CallPriority.Control);
        // Its reply showed that the connection must end.
        Assert.True(_parts.Calls.TryTake(first.Serial, out _));
        _parts.Calls.Serials.Restore(first);

        Assert.Equal([first, second, control, waiting], _parts.Calls.TakeAll());

        Assert.True(_parts.Calls.IsIdle);
        Assert.Empty(_parts.Calls.TakeAll());
    }

    [Fact]
    public void A_connection_is_drained_when_only_abandoned_calls_are_in_flight_and_idle_when_none_is()
    {
        _parts.Calls.Open();
        PendingCall<DomainGetInfoRet> call = _parts.Queue(RemoteProcedures.DomainGetInfo);
        Assert.False(_parts.Calls.IsDrained);
        _parts.SendCalls();
        Assert.False(_parts.Calls.IsDrained);

        _parts.Calls.Abandon(call);
        Assert.True(_parts.Calls.IsDrained);
        Assert.False(_parts.Calls.IsIdle);

        _parts.Calls.TryTake(call.Serial, out _);
        Assert.True(_parts.Calls.IsIdle);
    }

    /// <summary>The next batch is this call and no other.</summary>
    private void AssertSent(IPendingCall call)
    {
        SentFrame sent = Assert.Single(_parts.SendCalls());
        Assert.True(call.WasSent);
        Assert.Equal(call.Serial, sent.Header.Serial);
    }

    private sealed class BrokenArguments : IXdrWritable
    {
        public void Write(ref XdrWriter writer)
        {
            writer.WriteUInt32(1);
            throw new FormatException("The second field cannot be encoded.");
        }
    }
}
