using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Streams.Graph;

/// <summary>Graphs on a hypervisor whose daemon is played by the test, packet by packet.</summary>
internal sealed class PlayedGraph : IAsyncDisposable
{
    private readonly GraphProbes _probes;

    private PlayedGraph(ScriptedHost host, ConnectedScenario scenario)
    {
        Host = host;
        Scenario = scenario;
        Materializer = scenario.Kit.System.Materializer();
        _probes = new GraphProbes(scenario.Kit.System);
    }

    public ScriptedHost Host { get; }

    public ConnectedScenario Scenario { get; }

    public ActorMaterializer Materializer { get; }

    public StorageVolume Volume => BulkScenario.Volume(Scenario);

    public static async Task<PlayedGraph> StartAsync(HypervisorOptions? options = null)
    {
        ScriptedHost host = new();
        return new PlayedGraph(host, await ConnectedScenario.StartAsync(host, options ?? BulkScenario.Options, keepAlive: false));
    }

    public (TMat Control, TestSubscriber.Probe<T> Probe) Run<T, TMat>(Source<T, TMat> source) =>
        GraphProbes.WithoutContext(() => source.ToMaterialized(_probes.Sink<T>(), Keep.Both).Run(Materializer));

    public (TestPublisher.Probe<T> Probe, TMat Control) Run<T, TMat>(Sink<T, TMat> sink) =>
        GraphProbes.WithoutContext(() => _probes.Source<T>().ToMaterialized(sink, Keep.Both).Run(Materializer));

    public (TestPublisher.Probe<TIn> In, TMat Control, TestSubscriber.Probe<TOut> Out) Run<TIn, TOut, TMat>(Flow<TIn, TOut, TMat> flow)
    {
        ((TestPublisher.Probe<TIn> source, TMat control), TestSubscriber.Probe<TOut> sink) = GraphProbes.WithoutContext(
            () => _probes.Source<TIn>().ViaMaterialized(flow, Keep.Both).ToMaterialized(_probes.Sink<TOut>(), Keep.Both).Run(Materializer));
        return (source, control, sink);
    }

    /// <summary>The stream's own connection is made, and the call that begins it arrives.</summary>
    public async Task<(ScriptedDaemon Daemon, SentFrame Call)> AcceptAsync(Procedure procedure)
    {
        ScriptedDaemon daemon = await BulkScenario.BulkAsync(Host);
        return (daemon, await daemon.ExpectCallAsync(procedure));
    }

    /// <summary>The client aborts the stream, and the daemon acknowledges it.</summary>
    /// <param name="daemon">The daemon.</param>
    /// <param name="call">The call that began the stream.</param>
    /// <param name="sending">What the daemon still sends before.</param>
    public static async Task AbortsAsync(ScriptedDaemon daemon, SentFrame call, Task? sending = null)
    {
        SentFrame? frame;
        do
            frame = await daemon.NextFrameAsync();
        while (frame is { Header: { Type: MessageType.Stream, Status: MessageStatus.Continue } });
        Assert.Equal(call.Header with { Type = MessageType.Stream, Status = MessageStatus.Error }, frame!.Header);
        await (sending ?? Task.CompletedTask);
        await daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
    }

    public static Task SendAsync(ScriptedDaemon daemon, SentFrame call, byte[] data) =>
        daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, data));

    /// <summary>The connection of the stream serves the next one.</summary>
    public async Task ConnectionIsFreeAsync(ScriptedDaemon daemon)
    {
        Task<long> download = Volume.DownloadAsync(Stream.Null).AsTask();
        SentFrame call = await daemon.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await daemon.ReplyAsync(call, XdrVoid.Value);
        await BulkScenario.EndAsync(daemon, call);
        Assert.Equal(0, await download);
    }

    public static async Task IsCanceledAsync(Task completion)
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => completion.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.True(completion.IsCanceled);
    }

    public async ValueTask DisposeAsync() => await Scenario.DisposeAsync();
}
