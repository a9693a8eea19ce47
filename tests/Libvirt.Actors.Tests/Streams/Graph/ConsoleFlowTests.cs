using System.Text;
using Akka.Streams.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Streams.Graph;

public sealed class ConsoleFlowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_typed_and_what_is_shown_pass_in_both_directions()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TestPublisher.Probe<ReadOnlyMemory<byte>> typing, ConsoleControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> shown) =
            graph.Run(StreamScenario.Guest(graph.Scenario).ConsoleFlow("serial1", DomainConsoleFlags.Force));
        (ScriptedDaemon daemon, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.DomainOpenConsole);
        DomainOpenConsoleArgs args = call.Read<DomainOpenConsoleArgs>();
        Assert.Equal(("serial1", (uint)DomainConsoleFlags.Force), (args.DevName, args.Flags));
        Assert.False(control.Opened.IsCompleted);
        await daemon.ReplyAsync(call, XdrVoid.Value);
        await control.Opened.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        await typing.SendNextAsync("ls\n "u8.ToArray(), Cancellation);
        await typing.SendNextAsync("date\n   "u8.ToArray(), Cancellation);
        Assert.Equal("ls\n ", Encoding.ASCII.GetString((await daemon.NextFrameAsync())!.Payload));
        Assert.Equal("date\n   ", Encoding.ASCII.GetString((await daemon.NextFrameAsync())!.Payload));
        await PlayedGraph.SendAsync(daemon, call, "a.txt\n  "u8.ToArray());
        Assert.Equal("a.txt\n  "u8.ToArray(), (await shown.RequestNextAsync()).ToArray());

        // The end of what is typed is not the end of what is shown.
        await typing.SendCompleteAsync(Cancellation);
        await PlayedGraph.SendAsync(daemon, call, "1970"u8.ToArray());
        Assert.Equal("1970"u8.ToArray(), (await shown.RequestNextAsync()).ToArray());
        await shown.RequestAsync(1);
        await BulkScenario.EndAsync(daemon, call);
        await shown.ExpectCompleteAsync(Cancellation);
        await control.Completion.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Equal((12, 12), (control.BytesReceived, control.BytesSent));
    }

    [Fact]
    public async Task A_channel_is_a_flow_as_well()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TestPublisher.Probe<ReadOnlyMemory<byte>> sending, ConsoleControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> received) =
            graph.Run(StreamScenario.Guest(graph.Scenario).ChannelFlow("org.qemu.guest_agent.0"));
        (ScriptedDaemon daemon, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.DomainOpenChannel);
        Assert.Equal("org.qemu.guest_agent.0", call.Read<DomainOpenChannelArgs>().Name);
        await daemon.ReplyAsync(call, XdrVoid.Value);

        await sending.SendNextAsync("{\"execute\":\"guest-ping\"}"u8.ToArray(), Cancellation);
        Assert.Equal(24, (await daemon.NextFrameAsync())!.Payload.Length);
        await PlayedGraph.SendAsync(daemon, call, "{\"return\": {}}  "u8.ToArray());
        Assert.Equal(16, (await received.RequestNextAsync()).Length);

        control.Abort();
        await PlayedGraph.AbortsAsync(daemon, call);
        Assert.IsType<OperationCanceledException>(await received.ExpectErrorAsync(Cancellation));
        await sending.ExpectCancellationAsync(Cancellation);
        await PlayedGraph.IsCanceledAsync(control.Completion);
    }

    [Fact]
    public async Task Cancelling_before_the_daemon_answers_detaches_when_it_does()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TestPublisher.Probe<ReadOnlyMemory<byte>> typing, ConsoleControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> shown) =
            graph.Run(StreamScenario.Guest(graph.Scenario).ConsoleFlow());
        (ScriptedDaemon daemon, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.DomainOpenConsole);

        await shown.CancelAsync();

        await PlayedGraph.IsCanceledAsync(control.Completion);
        await PlayedGraph.IsCanceledAsync(control.Opened);
        await typing.ExpectCancellationAsync(Cancellation);
        await daemon.ReplyAsync(call, XdrVoid.Value);
        await PlayedGraph.AbortsAsync(daemon, call);
    }

    [Fact]
    public async Task A_refused_console_fails_both_sides()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TestPublisher.Probe<ReadOnlyMemory<byte>> typing, ConsoleControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> shown) =
            graph.Run(StreamScenario.Guest(graph.Scenario).ConsoleFlow());
        (ScriptedDaemon daemon, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.DomainOpenConsole);

        await daemon.ReplyErrorAsync(call, ErrorNumber.OperationFailed, ErrorDomain.Qemu, "Active console session exists for this domain");

        await shown.RequestAsync(1);
        Assert.IsType<LibvirtRemoteException>(await shown.ExpectErrorAsync(Cancellation));
        await typing.ExpectCancellationAsync(Cancellation);
        await Assert.ThrowsAsync<LibvirtRemoteException>(() => control.Opened);
        await Assert.ThrowsAsync<LibvirtRemoteException>(() => control.Completion);
    }

    [Fact]
    public async Task A_failure_of_what_is_typed_detaches()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TestPublisher.Probe<ReadOnlyMemory<byte>> typing, ConsoleControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> shown) =
            graph.Run(StreamScenario.Guest(graph.Scenario).ConsoleFlow());
        (ScriptedDaemon daemon, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.DomainOpenConsole);
        await daemon.ReplyAsync(call, XdrVoid.Value);
        await control.Opened.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        await shown.EnsureSubscriptionAsync(Cancellation);
        await typing.SendErrorAsync(new InvalidDataException("broken"), Cancellation);

        await PlayedGraph.AbortsAsync(daemon, call);
        Assert.Equal("broken", (await shown.ExpectErrorAsync(Cancellation)).Message);
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidDataException>(() => control.Completion)).Message);
    }

    [Fact]
    public async Task A_lost_connection_fails_the_flow_after_what_was_shown()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TestPublisher.Probe<ReadOnlyMemory<byte>> typing, ConsoleControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> shown) =
            graph.Run(StreamScenario.Guest(graph.Scenario).ConsoleFlow());
        (ScriptedDaemon daemon, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.DomainOpenConsole);
        await daemon.ReplyAsync(call, XdrVoid.Value);
        await PlayedGraph.SendAsync(daemon, call, "last"u8.ToArray());
        daemon.Close();

        Assert.Equal("last"u8.ToArray(), (await shown.RequestNextAsync()).ToArray());
        await shown.RequestAsync(1);
        Assert.IsType<LibvirtConnectionLostException>(await shown.ExpectErrorAsync(Cancellation));
        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => control.Completion);
        await typing.ExpectCancellationAsync(Cancellation);
    }

    [Fact]
    public async Task A_console_that_drops_counts_what_it_drops()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TestPublisher.Probe<ReadOnlyMemory<byte>> typing, ConsoleControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> shown) = graph.Run(
            StreamScenario.Guest(graph.Scenario).ConsoleFlow(options: new StreamOptions { BufferSize = 4096, Overflow = StreamOverflow.DropNewest }));
        (ScriptedDaemon daemon, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.DomainOpenConsole);
        await daemon.ReplyAsync(call, XdrVoid.Value);

        for (int i = 0; i < 3; i++)
            await PlayedGraph.SendAsync(daemon, call, new byte[4096]);

        await graph.Scenario.Kit.UntilAsync(() => control.Dropped == 2 * 4096, TimeSpan.FromMinutes(1));
        Assert.Equal(4096, (await shown.RequestNextAsync()).Length);
        control.Abort();
        await PlayedGraph.AbortsAsync(daemon, call);
        await PlayedGraph.IsCanceledAsync(control.Completion);
        await typing.ExpectCancellationAsync(Cancellation);
    }
}
