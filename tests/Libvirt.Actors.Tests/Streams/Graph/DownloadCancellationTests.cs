using Akka.Streams.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Streams.Graph;

/// <summary>A download that is cancelled at each point of its protocol.</summary>
public sealed class DownloadCancellationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_any_demand_no_call_is_made()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = graph.Run(graph.Volume.DownloadSource());

        await probe.CancelAsync();

        await PlayedGraph.IsCanceledAsync(control.Completion);
        Assert.Equal(1, graph.Host.Attempts);
    }

    [Fact]
    public async Task While_it_waits_for_a_connection_no_call_is_made()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = graph.Run(graph.Volume.DownloadSource());
        await probe.RequestAsync(1);
        Task<ScriptedDaemon> attempt = graph.Host.NextAttemptAsync();
        ScriptedDaemon bulk = await attempt;

        await probe.CancelAsync();

        await PlayedGraph.IsCanceledAsync(control.Completion);
        await bulk.ReplyAsync(await bulk.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [] });
        await bulk.ReplyAsync(await bulk.ExpectCallAsync(RemoteProcedures.ConnectOpen), XdrVoid.Value);
        await graph.ConnectionIsFreeAsync(bulk);
    }

    [Fact]
    public async Task Between_the_call_and_its_reply_the_stream_is_aborted_when_it_begins()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = graph.Run(graph.Volume.DownloadSource());
        await probe.RequestAsync(1);
        (ScriptedDaemon bulk, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.StorageVolDownload);

        await probe.CancelAsync();

        await PlayedGraph.IsCanceledAsync(control.Completion);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await PlayedGraph.SendAsync(bulk, call, new byte[8]);
        await PlayedGraph.AbortsAsync(bulk, call);
        await graph.ConnectionIsFreeAsync(bulk);
    }

    [Fact]
    public async Task Between_the_reply_and_the_first_packet_the_stream_is_aborted()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = graph.Run(graph.Volume.DownloadSource());
        await probe.RequestAsync(1);
        (ScriptedDaemon bulk, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await graph.Scenario.Kit.SettleAsync();

        await probe.CancelAsync();

        await PlayedGraph.AbortsAsync(bulk, call);
        await PlayedGraph.IsCanceledAsync(control.Completion);
        await graph.ConnectionIsFreeAsync(bulk);
    }

    [Fact]
    public async Task In_the_middle_the_stream_is_aborted_and_its_completion_waits_for_the_daemon()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = graph.Run(graph.Volume.DownloadSource());
        await probe.RequestAsync(1);
        (ScriptedDaemon bulk, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await PlayedGraph.SendAsync(bulk, call, "12345678"u8.ToArray());
        Assert.Equal("12345678"u8.ToArray(), (await probe.ExpectNextAsync(Cancellation)).ToArray());
        await PlayedGraph.SendAsync(bulk, call, new byte[16]);

        await probe.CancelAsync();

        SentFrame abort = (await bulk.NextFrameAsync())!;
        Assert.Equal((MessageType.Stream, MessageStatus.Error), (abort.Header.Type, abort.Header.Status));
        await graph.Scenario.Kit.SettleAsync();
        Assert.False(control.Completion.IsCompleted);
        await PlayedGraph.SendAsync(bulk, call, new byte[16]);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        await PlayedGraph.IsCanceledAsync(control.Completion);
        await graph.ConnectionIsFreeAsync(bulk);
    }

    [Fact]
    public async Task After_the_last_packet_the_end_is_acknowledged_as_usual()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync();
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = graph.Run(graph.Volume.DownloadSource());
        await probe.RequestAsync(2);
        (ScriptedDaemon bulk, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await PlayedGraph.SendAsync(bulk, call, new byte[8]);
        await probe.ExpectNextAsync(Cancellation);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, []));
        Assert.Equal(MessageStatus.Ok, (await bulk.NextFrameAsync())!.Header.Status);

        await probe.CancelAsync();

        await graph.Scenario.Kit.SettleAsync();
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        await PlayedGraph.IsCanceledAsync(control.Completion);
        await graph.ConnectionIsFreeAsync(bulk);
    }

    [Fact]
    public async Task A_daemon_that_does_not_acknowledge_an_abort_loses_the_connection_after_the_close_timeout()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync(BulkScenario.Options with { CloseTimeout = TimeSpan.FromSeconds(7) });
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = graph.Run(graph.Volume.DownloadSource());
        await probe.RequestAsync(1);
        (ScriptedDaemon bulk, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await graph.Scenario.Kit.SettleAsync();

        await probe.CancelAsync();

        Assert.Equal(MessageStatus.Error, (await bulk.NextFrameAsync())!.Header.Status);
        await graph.Scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(6.9));
        Assert.False(control.Completion.IsCompleted);
        await graph.Scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(0.2));
        await PlayedGraph.IsCanceledAsync(control.Completion);
    }
}
