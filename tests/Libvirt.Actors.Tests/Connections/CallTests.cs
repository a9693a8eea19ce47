using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connections;

public sealed class CallTests
{
    [Fact]
    public async Task Replies_find_their_calls_whatever_their_order()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<ulong> first = scenario.AskVersionAsync();
        Task<ulong> second = scenario.AskVersionAsync();
        SentFrame firstCall = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        SentFrame secondCall = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Daemon.ReplyAsync(secondCall, new ConnectGetLibVersionRet { LibVer = 2 });
        await scenario.Daemon.ReplyAsync(firstCall, new ConnectGetLibVersionRet { LibVer = 1 });

        Assert.Equal(1ul, await first);
        Assert.Equal(2ul, await second);
    }

    [Fact]
    public async Task A_reply_that_comes_byte_by_byte_is_read_all_the_same()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<ulong> asked = scenario.AskVersionAsync();
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        byte[] reply = Frames.Encode(call.Header with { Type = MessageType.Reply }, new ConnectGetLibVersionRet { LibVer = 9000000 });
        foreach (byte one in reply)
            await scenario.Daemon.SendBytesAsync(new[] { one });

        Assert.Equal(9000000ul, await asked);
    }

    [Fact]
    public async Task A_reply_larger_than_any_buffer_is_read()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        string capabilities = new('x', 3_000_001);

        ValueTask<ConnectGetCapabilitiesRet> asked = scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.ConnectGetCapabilities, XdrVoid.Value);
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetCapabilities);
        Task replying = scenario.Daemon.ReplyAsync(call, new ConnectGetCapabilitiesRet { Capabilities = capabilities });
        Assert.Equal(capabilities, (await asked).Capabilities);
        await replying;

        Task<ulong> next = scenario.AskVersionAsync();
        await scenario.AnswerVersionAsync(7);
        Assert.Equal(7ul, await next);
    }

    [Fact]
    public async Task An_error_reply_carries_the_daemons_code_domain_and_text()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<ulong> asked = scenario.AskVersionAsync();
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Daemon.ReplyErrorAsync(call, ErrorNumber.NoDomain, ErrorDomain.Qemu, "Domain not found");

        LibvirtRemoteException error = await Assert.ThrowsAsync<LibvirtRemoteException>(() => asked);
        Assert.Equal((ErrorNumber.NoDomain, ErrorDomain.Qemu, "Domain not found"), (error.Code, error.Domain, error.Message));
        Assert.Equal("REMOTE_PROC_CONNECT_GET_LIB_VERSION", error.Procedure);
    }

    [Theory]
    [InlineData(ErrorDomain.Rpc)]
    [InlineData(ErrorDomain.Remote)]
    public async Task A_procedure_that_the_daemon_does_not_know_names_the_release_it_came_with(ErrorDomain domain)
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        ValueTask<DomainGetMessagesRet> asked = scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainGetMessages, new DomainGetMessagesArgs { Dom = new RemoteDomain("test", Guid.NewGuid(), 1), Flags = 0 });
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainGetMessages);
        await scenario.Daemon.ReplyErrorAsync(call, ErrorNumber.Rpc, domain, "unknown procedure: 426");

        LibvirtNotSupportedException error = await Assert.ThrowsAsync<LibvirtNotSupportedException>(() => asked.AsTask());
        Assert.Equal("7.1.0", error.Since);
        Assert.Contains("7.1.0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_that_cannot_be_encoded_fails_its_own_call_and_sends_nothing()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        ValueTask<DomainLookupByNameRet> wrong = scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainLookupByName, new DomainLookupByNameArgs { Name = "a\0b" });
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => wrong.AsTask());
        Task<ulong> right = scenario.AskVersionAsync();

        Assert.Contains("Name", error.Message, StringComparison.Ordinal);
        await scenario.AnswerVersionAsync(1);
        Assert.Equal(1ul, await right);
    }

    [Fact]
    public async Task A_cancelled_call_never_lends_its_late_reply_to_another()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        using CancellationTokenSource cancel = new();

        Task<ulong> cancelled = scenario.AskVersionAsync(cancellationToken: cancel.Token);
        SentFrame cancelledCall = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await cancel.CancelAsync();
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(cancel.Token, error.CancellationToken);

        Task<ulong> other = scenario.AskVersionAsync();
        SentFrame otherCall = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        Assert.NotEqual(cancelledCall.Header.Serial, otherCall.Header.Serial);
        await scenario.Daemon.ReplyAsync(cancelledCall, new ConnectGetLibVersionRet { LibVer = 666 });
        await scenario.Daemon.ReplyAsync(otherCall, new ConnectGetLibVersionRet { LibVer = 2 });

        Assert.Equal(2ul, await other);
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_is_never_sent()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scenario.AskVersionAsync(cancellationToken: new CancellationToken(canceled: true)));
        await scenario.Kit.SettleAsync();

        Assert.False(scenario.Daemon.HasUnreadBytes());
    }

    [Fact]
    public async Task A_call_that_is_cancelled_in_the_queue_is_never_sent()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { MaxInFlight = 2 });
        using CancellationTokenSource cancel = new();

        Task<ulong> first = scenario.AskVersionAsync();
        Task<ulong> queued = scenario.AskVersionAsync(cancellationToken: cancel.Token);
        Task<ulong> last = scenario.AskVersionAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);

        await scenario.AnswerVersionAsync(1);
        await scenario.AnswerVersionAsync(3);
        Assert.Equal((1ul, 3ul), (await first, await last));
        await scenario.Kit.SettleAsync();
        Assert.False(scenario.Daemon.HasUnreadBytes());
    }

    [Fact]
    public async Task A_call_whose_time_is_over_says_whether_it_was_sent()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(
            new HypervisorOptions { MaxInFlight = 2 }, keepAlive: false);

        Task<ulong> sent = scenario.AskVersionAsync(new CallOptions(TimeSpan.FromSeconds(3)));
        Task<ulong> queued = scenario.AskVersionAsync(new CallOptions(TimeSpan.FromSeconds(2)));
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1.9));
        Assert.False(sent.IsCompleted || queued.IsCompleted);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.2));
        Assert.False((await Assert.ThrowsAsync<LibvirtTimeoutException>(() => queued)).Sent);
        Assert.False(sent.IsCompleted);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.True((await Assert.ThrowsAsync<LibvirtTimeoutException>(() => sent)).Sent);
        Assert.False(scenario.Daemon.HasUnreadBytes());
    }

    [Fact]
    public async Task An_overdue_call_keeps_its_place_in_the_window_until_its_late_reply()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { MaxInFlight = 2 });

        Task<ulong> overdue = scenario.AskVersionAsync(new CallOptions(TimeSpan.FromSeconds(1)));
        SentFrame overdueCall = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<LibvirtTimeoutException>(() => overdue);

        Task<ulong> next = scenario.AskVersionAsync();
        await scenario.Kit.SettleAsync();
        Assert.False(scenario.Daemon.HasUnreadBytes());
        await scenario.Daemon.ReplyAsync(overdueCall, new ConnectGetLibVersionRet { LibVer = 1 });
        await scenario.AnswerVersionAsync(2);

        Assert.Equal(2ul, await next);
    }

    [Fact]
    public async Task A_reading_call_has_a_deadline_of_its_own_accord_and_a_changing_one_has_none()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(keepAlive: false);
        RemoteDomain domain = new("test", Guid.NewGuid(), 1);

        Task reading = scenario.AskVersionAsync();
        Task changing = scenario.Hypervisor.Calls.CallAsync(RemoteProcedures.DomainDestroy, new DomainDestroyArgs { Dom = domain }).AsTask();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromHours(3));

        await Assert.ThrowsAsync<LibvirtTimeoutException>(() => reading);
        Assert.False(changing.IsCompleted);
    }

    public static TheoryData<TimeSpan> LongTimes => [TimeSpan.FromDays(60), TimeSpan.FromDays(200 * 365), TimeSpan.MaxValue];

    [Theory]
    [MemberData(nameof(LongTimes))]
    public async Task A_time_out_that_no_timer_can_wait_for_is_as_good_as_none(TimeSpan timeout)
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(keepAlive: false);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));

        Task<ulong> patient = scenario.AskVersionAsync(new CallOptions(timeout));
        await scenario.Kit.AdvanceAsync(TimeSpan.FromDays(55));
        Assert.False(patient.IsCompleted, patient.Exception?.Message);
        await scenario.AnswerVersionAsync(1);

        Assert.Equal(1ul, await patient);
    }

    [Fact]
    public async Task A_time_out_of_months_is_kept()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(keepAlive: false);

        Task<ulong> patient = scenario.AskVersionAsync(new CallOptions(TimeSpan.FromDays(60)));
        await scenario.Kit.AdvanceAsync(TimeSpan.FromDays(59));
        Assert.False(patient.IsCompleted);
        await scenario.Kit.AdvanceAsync(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<LibvirtTimeoutException>(() => patient);
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
    }

    [Fact]
    public async Task Arguments_of_the_callers_own_that_throw_while_they_are_written_fail_their_own_call_alone()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();
        Procedure<UnwritableArgs, XdrVoid> procedure = new(RemoteProcedures.ConnectOpen.Program, 1, 9999, "REMOTE_PROC_OF_THE_CALLERS_OWN");

        Task<ulong> before = scenario.AskVersionAsync();
        ValueTask<XdrVoid> wrong = scenario.Hypervisor.Calls.CallAsync(procedure, new UnwritableArgs());
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => wrong.AsTask());
        Task<ulong> after = scenario.AskVersionAsync();

        await scenario.AnswerVersionAsync(1);
        await scenario.AnswerVersionAsync(2);
        Assert.Equal((1ul, 2ul), (await before, await after));
    }

    private sealed class UnwritableArgs : IXdrWritable
    {
        public void Write(ref XdrWriter writer)
        {
            writer.WriteInt32(1);
            throw new InvalidTimeZoneException("The caller's own mistake.");
        }
    }
}
