using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Streams.Graph;

/// <summary>What is held while a graph does not move.</summary>
public sealed class GraphBoundTests
{
    private const long Offered = 1L << 30;
    private const long Most = 8 << 20;
    private const int Packet = 262120;

    private static readonly HypervisorOptions Defaults = BulkScenario.Options with { StreamBuffer = HypervisorOptions.Default.StreamBuffer };

    [Fact]
    public async Task A_consumer_that_stops_holds_8_MiB_of_1_GiB_at_most()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync(Defaults);
        (TransferControl control, TestSubscriber.Probe<ReadOnlyMemory<byte>> probe) = graph.Run(graph.Volume.DownloadSource());
        await probe.RequestAsync(2);
        (ScriptedDaemon bulk, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);

        Offer offer = new(bulk, StreamScenario.Packet(call, MessageStatus.Continue, new byte[Packet]));
        await IsStuckAsync(graph, offer);

        Assert.InRange(offer.Sent, Defaults.StreamBuffer / 2, Most);
        Assert.InRange(control.Bytes, 2, 2 * 64 * 1024);

        // One element makes no room for a packet: half of the buffer has to be read first. Then the socket is read again.
        long before = offer.Sent;
        await probe.RequestAsync(60);
        for (int i = 0; i < 60 + 2; i++)
            await probe.ExpectNextAsync(TestContext.Current.CancellationToken);
        await IsStuckAsync(graph, offer);
        Assert.InRange(offer.Sent - before, Packet, 60 * 64 * 1024 + Packet);
        Assert.InRange(offer.Sent - control.Bytes, 1, Most);

        offer.Stop();
        await probe.CancelAsync();
        await PlayedGraph.AbortsAsync(bulk, call, offer.Ended);
        await PlayedGraph.IsCanceledAsync(control.Completion);
        await graph.ConnectionIsFreeAsync(bulk);
    }

    [Fact]
    public async Task A_daemon_that_stops_reading_holds_one_element_of_an_upload_and_its_input_waits()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync(Defaults);
        long produced = 0;
        byte[] element = new byte[Packet];
        TransferControl control = Source.From(Enumerable.Range(0, (int)(Offered / Packet)))
            .Select(_ =>
            {
                Interlocked.Add(ref produced, Packet);
                return (ReadOnlyMemory<byte>)element;
            })
            .RunWith(graph.Volume.UploadSink(), graph.Materializer);
        (ScriptedDaemon bulk, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.StorageVolUpload);
        await bulk.ReplyAsync(call, XdrVoid.Value);

        long before;
        do
        {
            before = Interlocked.Read(ref produced);
            await CallsGoThroughAsync(graph);
        }
        while (Interlocked.Read(ref produced) != before);

        // The wire of the scenario holds 1 MiB.
        Assert.InRange(before, 1 << 20, Most);
        Assert.InRange(before - control.Bytes, 0, 2 * Packet);
        control.Abort();
        await PlayedGraph.AbortsAsync(bulk, call);
        await PlayedGraph.IsCanceledAsync(control.Completion);
        await graph.ConnectionIsFreeAsync(bulk);
    }

    [Fact]
    public async Task A_stalled_console_delays_neither_calls_nor_other_streams()
    {
        await using PlayedGraph graph = await PlayedGraph.StartAsync(Defaults);
        Domain guest = StreamScenario.Guest(graph.Scenario);
        (TestPublisher.Probe<ReadOnlyMemory<byte>> typing, ConsoleControl console, TestSubscriber.Probe<ReadOnlyMemory<byte>> shown) =
            graph.Run(guest.ConsoleFlow());
        (ScriptedDaemon interactive, SentFrame call) = await graph.AcceptAsync(RemoteProcedures.DomainOpenConsole);
        await interactive.ReplyAsync(call, XdrVoid.Value);
        await console.Opened.WaitAsync(TimeSpan.FromSeconds(60));

        // The guest prints more than the consumer reads.
        Offer offer = new(interactive, StreamScenario.Packet(call, MessageStatus.Continue, new byte[16 * 1024]));
        await IsStuckAsync(graph, offer);
        Assert.InRange(offer.Sent, StreamOptions.Default.BufferSize / 2, 4 * StreamOptions.Default.BufferSize);

        Task<long> download = graph.Volume.DownloadSource()
            .RunWith(Sink.Aggregate<ReadOnlyMemory<byte>, long>(0, (sum, element) => sum + element.Length), graph.Materializer);
        (ScriptedDaemon bulk, SentFrame volume) = await graph.AcceptAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(volume, XdrVoid.Value);
        for (int i = 0; i < 100; i++)
            await PlayedGraph.SendAsync(bulk, volume, new byte[Packet]);
        await BulkScenario.EndAsync(bulk, volume);
        Assert.Equal(100L * Packet, await download.WaitAsync(TimeSpan.FromSeconds(60)));
        await CallsGoThroughAsync(graph);

        // What is typed still goes out.
        await typing.SendNextAsync("uptime\n "u8.ToArray());
        Assert.Equal("uptime\n "u8.ToArray(), (await interactive.NextFrameAsync())!.Payload);

        offer.Stop();
        await shown.CancelAsync();
        await PlayedGraph.AbortsAsync(interactive, call, offer.Ended);
        await PlayedGraph.IsCanceledAsync(console.Completion);
        await typing.ExpectCancellationAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Calls go through meanwhile, and in the end nothing more is taken.</summary>
    private static async Task IsStuckAsync(PlayedGraph graph, Offer offer)
    {
        long before;
        do
        {
            before = offer.Sent;
            await CallsGoThroughAsync(graph);
        }
        while (offer.Sent != before);
    }

    private static async Task CallsGoThroughAsync(PlayedGraph graph)
    {
        for (int i = 0; i < 20; i++)
        {
            await graph.Scenario.Kit.SettleAsync();
            Task<ulong> version = graph.Scenario.AskVersionAsync();
            await graph.Scenario.AnswerVersionAsync(7);
            Assert.Equal(7ul, await version);
        }
    }

    /// <summary>Sends one packet over and over, up to 1 GiB, as fast as they are taken.</summary>
    private sealed class Offer
    {
        private volatile bool _stops;
        private long _sent;

        public Offer(ScriptedDaemon daemon, byte[] packet) => Ended = Task.Run(() => SendAsync(daemon, packet));

        public long Sent => Interlocked.Read(ref _sent);

        public Task Ended { get; }

        public void Stop() => _stops = true;

        private async Task SendAsync(ScriptedDaemon daemon, byte[] packet)
        {
            while (!_stops && Sent < Offered)
            {
                await daemon.SendBytesAsync(packet);
                Interlocked.Add(ref _sent, packet.Length);
            }
        }
    }
}
