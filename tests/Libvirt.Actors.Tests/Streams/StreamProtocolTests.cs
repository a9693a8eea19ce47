using System.Buffers;
using System.IO.Pipelines;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.TestKit;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Streams;

public sealed class StreamProtocolTests
{
    private static readonly byte[] Hello = "hello, guest"u8.ToArray();

    [Fact]
    public async Task Data_goes_both_ways_between_calls()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();

        await scenario.SendAsync(Hello);
        Assert.Equal(Hello, await StreamScenario.ReadAsync(scenario.Stream.Input, Hello.Length));
        await scenario.ConnectionWorksAsync();
        await scenario.Stream.Output.WriteAsync("ls\n"u8.ToArray());
        Assert.Equal("ls\n"u8.ToArray(), await scenario.ExpectPacketAsync(MessageStatus.Continue));
        await scenario.ConnectionWorksAsync();
    }

    [Fact]
    public async Task Packets_right_behind_the_reply_are_not_lost()
    {
        await using ConnectedScenario connected = await ConnectedScenario.StartAsync();
        ValueTask<LibvirtStream> opening = StreamScenario.OpeningAsync(connected);
        SentFrame call = await connected.Daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);
        byte[] reply = Frames.Encode(call.Header with { Type = MessageType.Reply }, XdrVoid.Value);

        await connected.Daemon.SendBytesAsync((byte[])[.. reply, .. StreamScenario.Packet(call, MessageStatus.Continue, Hello)]);

        LibvirtStream stream = await opening;
        Assert.Equal(Hello, await StreamScenario.ReadAsync(stream.Input, Hello.Length));
    }

    [Fact]
    public async Task Packets_that_overtake_the_reply_are_not_lost()
    {
        await using ConnectedScenario connected = await ConnectedScenario.StartAsync();
        ValueTask<LibvirtStream> opening = StreamScenario.OpeningAsync(connected);
        SentFrame call = await connected.Daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);

        await connected.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, Hello));
        await connected.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, []));
        await connected.Kit.SettleAsync();
        Assert.False(opening.IsCompleted);
        await connected.Daemon.ReplyAsync(call, XdrVoid.Value);

        LibvirtStream stream = await opening;
        SentFrame finish = await connected.Daemon.NextFrameAsync() ?? throw new InvalidOperationException("closed");
        Assert.Equal(call.Header with { Type = MessageType.Stream }, finish.Header);
        await connected.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        await stream.Completion;
        ReadResult all = await stream.Input.ReadAtLeastAsync(Hello.Length + 1);
        Assert.Equal(Hello, all.Buffer.ToArray());
    }

    [Fact]
    public async Task Packets_that_overtake_a_refusal_are_dropped()
    {
        await using ConnectedScenario connected = await ConnectedScenario.StartAsync();
        ValueTask<LibvirtStream> opening = StreamScenario.OpeningAsync(connected);
        SentFrame call = await connected.Daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);

        await connected.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, Hello));
        await connected.Daemon.ReplyErrorAsync(call, ErrorNumber.OperationFailed, ErrorDomain.Qemu, "No console");

        await Assert.ThrowsAsync<LibvirtRemoteException>(() => opening.AsTask());
        Task<ulong> version = connected.AskVersionAsync();
        await connected.AnswerVersionAsync(7);
        Assert.Equal(7ul, await version);
    }

    [Fact]
    public async Task A_daemon_that_never_replies_but_sends_on_and_on_loses_the_connection()
    {
        await using ConnectedScenario connected = await ConnectedScenario.StartAsync();
        Task<LibvirtStream> opening = StreamScenario.OpeningAsync(connected).AsTask();
        SentFrame call = await connected.Daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);
        byte[] packet = StreamScenario.Packet(call, MessageStatus.Continue, new byte[256 * 1024]);

        // Once the client has closed nobody takes what is sent.
        while (!opening.IsCompleted)
            await Task.WhenAny(opening, connected.Daemon.SendBytesAsync(packet));

        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => opening);
        Assert.IsType<LibvirtProtocolException>(lost.InnerException);
    }

    [Fact]
    public async Task The_daemons_end_is_answered_and_shows_when_it_is_acknowledged()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();

        await scenario.SendAsync(Hello);
        await scenario.SendAsync(MessageStatus.Continue);
        Assert.Empty(await scenario.ExpectPacketAsync(MessageStatus.Ok));
        Assert.False(scenario.Stream.Completion.IsCompleted);
        await scenario.SendAsync(MessageStatus.Ok);

        await scenario.Stream.Completion;
        ReadResult rest = await scenario.Stream.Input.ReadAtLeastAsync(Hello.Length + 1);
        Assert.True(rest.IsCompleted);
        Assert.Equal(Hello, rest.Buffer.ToArray());
        await scenario.ConnectionWorksAsync();
    }

    [Fact]
    public async Task Disposing_half_way_aborts_and_drops_what_was_under_way()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();
        await scenario.SendAsync(Hello);

        Task disposing = scenario.Stream.DisposeAsync().AsTask();
        Assert.Empty(await scenario.ExpectPacketAsync(MessageStatus.Error));
        await scenario.SendAsync(Hello);
        await scenario.SendAsync(Hello);
        Assert.False(disposing.IsCompleted);
        await scenario.SendAsync(MessageStatus.Ok);

        await disposing;
        Assert.True(scenario.Stream.Completion.IsCanceled);
        await scenario.ConnectionWorksAsync();
    }

    [Fact]
    public async Task An_abort_that_the_daemon_does_not_acknowledge_ends_after_the_close_timeout()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync(connected: await ConnectedScenario.StartAsync(keepAlive: false));
        VirtualActorSystem kit = scenario.Connected.Kit;

        Task disposing = scenario.Stream.DisposeAsync().AsTask();
        await scenario.ExpectPacketAsync(MessageStatus.Error);
        await kit.SettleAsync();
        Assert.False(disposing.IsCompleted);
        await kit.CompleteAsync(disposing, within: HypervisorOptions.Default.CloseTimeout);

        Assert.True(scenario.Stream.Completion.IsCanceled);
        await scenario.ConnectionWorksAsync();
        // The late acknowledgement does not harm.
        await scenario.SendAsync(MessageStatus.Ok);
        await scenario.ConnectionWorksAsync();
    }

    [Fact]
    public async Task An_error_of_the_daemon_ends_the_stream_without_any_answer()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();

        await scenario.SendAsync(Hello);
        await scenario.SendErrorAsync("the guest has gone");

        LibvirtRemoteException error = await Assert.ThrowsAsync<LibvirtRemoteException>(() => scenario.Stream.Completion);
        Assert.Equal("the guest has gone", error.Message);
        Assert.Equal(Hello, await StreamScenario.ReadAsync(scenario.Stream.Input, Hello.Length));
        await Assert.ThrowsAsync<LibvirtRemoteException>(() => scenario.Stream.Input.ReadAsync().AsTask());
        await Assert.ThrowsAsync<LibvirtRemoteException>(() => scenario.Stream.Output.WriteAsync(Hello).AsTask());
        await scenario.Stream.DisposeAsync();
        // The next frame on the wire is the call: nothing was sent for the stream.
        await scenario.ConnectionWorksAsync();
    }

    [Fact]
    public async Task An_error_that_crosses_the_abort_ends_the_stream_as_well()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();

        Task disposing = scenario.Stream.DisposeAsync().AsTask();
        await scenario.ExpectPacketAsync(MessageStatus.Error);
        await scenario.SendErrorAsync("the guest has gone");

        await disposing;
        await scenario.ConnectionWorksAsync();
    }

    [Fact]
    public async Task A_call_that_is_refused_begins_no_stream()
    {
        await using ConnectedScenario connected = await ConnectedScenario.StartAsync();
        ValueTask<LibvirtStream> opening = StreamScenario.OpeningAsync(connected);
        SentFrame call = await connected.Daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);
        await connected.Daemon.ReplyErrorAsync(call, ErrorNumber.OperationFailed, ErrorDomain.Qemu, "Active console session exists for this domain");

        await Assert.ThrowsAsync<LibvirtRemoteException>(() => opening.AsTask());
    }

    [Fact]
    public async Task A_stream_whose_call_was_given_up_is_aborted_when_its_reply_comes()
    {
        await using ConnectedScenario connected = await ConnectedScenario.StartAsync();
        using CancellationTokenSource cancellation = new();
        ValueTask<LibvirtStream> opening = StreamScenario.OpeningAsync(connected, cancellationToken: cancellation.Token);
        SentFrame call = await connected.Daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => opening.AsTask());

        await connected.Daemon.ReplyAsync(call, XdrVoid.Value);
        await connected.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, Hello));
        SentFrame abort = await connected.Daemon.NextFrameAsync() ?? throw new InvalidOperationException("closed");
        Assert.Equal(call.Header with { Type = MessageType.Stream, Status = MessageStatus.Error }, abort.Header);
        await connected.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, Hello));
        await connected.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));

        Task<ulong> version = connected.AskVersionAsync();
        await connected.AnswerVersionAsync(7);
        Assert.Equal(7ul, await version);
    }

    [Fact]
    public async Task A_hole_that_nobody_asked_for_aborts_the_stream_and_nothing_else()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();

        await scenario.Daemon.SendAsync(
            scenario.Call.Header with { Type = MessageType.StreamHole, Status = MessageStatus.Continue }, new StreamHole(long.MaxValue, 0));
        await scenario.ExpectPacketAsync(MessageStatus.Error);
        await scenario.SendAsync(MessageStatus.Ok);

        await Assert.ThrowsAsync<LibvirtProtocolException>(() => scenario.Stream.Completion);
        await scenario.ConnectionWorksAsync();
    }

    [Fact]
    public async Task A_packet_of_another_procedure_under_the_streams_serial_ends_the_connection()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();

        await scenario.Daemon.SendBytesAsync(StreamScenario.Packet(
            scenario.Call with { Header = scenario.Call.Header with { Procedure = 1 } }, MessageStatus.Continue, Hello));

        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.Stream.Completion);
        Assert.IsType<LibvirtProtocolException>(lost.InnerException);
    }

    [Fact]
    public async Task The_loss_of_the_connection_ends_the_stream_after_what_had_come()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();

        await scenario.SendAsync(Hello);
        scenario.Daemon.Close();

        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.Stream.Completion);
        Assert.Equal(Hello, await StreamScenario.ReadAsync(scenario.Stream.Input, Hello.Length));
        LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.Stream.Input.ReadAsync().AsTask());
        Assert.IsType<EndOfStreamException>(lost.InnerException);
        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.Stream.Output.WriteAsync(Hello).AsTask());
        await scenario.Stream.DisposeAsync();
    }

    [Fact]
    public async Task Closing_the_hypervisor_ends_its_streams()
    {
        await using StreamScenario scenario = await StreamScenario.OpenAsync();

        Task closing = scenario.Connected.Hypervisor.DisposeAsync().AsTask();
        await scenario.Daemon.ReplyAsync(await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectClose), XdrVoid.Value);

        await closing;
        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.Stream.Completion);
    }

    [Fact]
    public async Task Two_streams_do_not_mix()
    {
        await using StreamScenario first = await StreamScenario.OpenAsync();
        StreamScenario second = await StreamScenario.OpenAsync(connected: first.Connected);

        await second.SendAsync("2222"u8.ToArray());
        await first.SendAsync("1111"u8.ToArray());
        await second.SendAsync("2222"u8.ToArray());

        Assert.Equal("1111"u8[..4].ToArray(), await StreamScenario.ReadAsync(first.Stream.Input, 4));
        Assert.Equal("22222222"u8.ToArray(), await StreamScenario.ReadAsync(second.Stream.Input, 8));
    }
}
