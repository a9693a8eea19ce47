using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;
using Libvirt.Tests.Streams;

namespace Libvirt.Tests.Supervision;

/// <summary>A connection that carries a transfer or a console of its own fails.</summary>
public sealed class StreamConnectionTests
{
    public static TheoryData<string, LifePhase> Creations() => new()
    {
        { "bulk", LifePhase.Constructor },
        { "bulk", LifePhase.PreStart },
        { "interactive", LifePhase.Constructor },
        { "interactive", LifePhase.PreStart },
    };

    [Theory]
    [MemberData(nameof(Creations))]
    public async Task A_stream_whose_connection_fails_as_it_is_created_is_not_opened_and_the_next_one_is(string kind, LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Failing.FailNext<ConnectionActor>(phase, kind);

        LibvirtConnectionLostException error = await OpeningAsync(scenario, kind).FailsInTimeAsync<LibvirtConnectionLostException>("Opening the stream");

        Assert.False(error.Sent);
        Assert.True(error.IsTransient);
        Assert.Contains("its connection could not be made", error.Message, StringComparison.Ordinal);
        Assert.Single(scenario.LivingOf<ConnectionActor>());
        if (phase == LifePhase.PreStart)
            Assert.True((await scenario.Host.NextAttemptAsync()).Client.IsDisposed);
        Task<StreamPort> next = OpeningAsync(scenario, kind);
        await AcceptAsync(scenario);
        await next.InTimeAsync("Opening the next stream");
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
    }

    [Theory]
    [InlineData("bulk")]
    [InlineData("interactive")]
    public async Task A_stream_connection_that_fails_while_it_receives_fails_its_stream_and_nothing_else(string kind)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<StreamPort> opening = OpeningAsync(scenario, kind);
        ScriptedDaemon own = await AcceptAsync(scenario);
        StreamPort port = await opening.InTimeAsync("Opening the stream");
        IActorRef connection = scenario.Living<ConnectionActor>(kind);

        connection.Tell(new TransportConnected(null!));

        await scenario.Kit.ExpectStoppedAsync(connection);
        LibvirtConnectionLostException error = await port.Completion.FailsInTimeAsync<LibvirtConnectionLostException>("The stream");
        Assert.IsType<NullReferenceException>(error.InnerException);
        Assert.True(own.Client.IsDisposed);
        await port.AbandonAsync().AsTask().InTimeAsync("Disposing the stream");
        Assert.IsType<HypervisorState.Ready>(scenario.Hypervisor.State);
        Task<StreamPort> next = OpeningAsync(scenario, kind);
        await AcceptAsync(scenario);
        await next.InTimeAsync("Opening the next stream");
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
    }

    [Theory]
    [InlineData("bulk")]
    [InlineData("interactive")]
    public async Task A_stream_connection_that_fails_after_its_PostStop_makes_place_for_the_next(string kind)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync(
            SupervisionScenario.Options with { MaxBulkConnections = 1, MaxInteractiveConnections = 1 });
        Task<StreamPort> opening = OpeningAsync(scenario, kind);
        ScriptedDaemon own = await AcceptAsync(scenario);
        StreamPort port = await opening.InTimeAsync("Opening the stream");
        scenario.Failing.FailNext<ConnectionActor>(LifePhase.PostStop, kind);

        own.Close();

        await port.Completion.FailsInTimeAsync<LibvirtConnectionLostException>("The stream");
        Task<StreamPort> next = OpeningAsync(scenario, kind);
        await AcceptAsync(scenario);
        await next.InTimeAsync("Opening the next stream");
        await scenario.EndsCleanlyAsync();
    }

    private static async Task<StreamPort> OpeningAsync(SupervisionScenario scenario, string kind)
    {
        if (kind == "interactive")
            return (await new Domain(scenario.Hypervisor, new RemoteDomain("guest", Guid.Empty, 1)).OpenConsoleAsync()).Port;
        StorageVolDownloadArgs args = new() { Vol = new RemoteStorageVol("pool", "disk", "/pool/disk"), Offset = 0, Length = 0, Flags = 0 };
        return (await scenario.Hypervisor.OpenStreamAsync(RemoteProcedures.StorageVolDownload, args, null, null, default, CancellationToken.None)).Stream.Port;
    }

    /// <summary>When: the daemon accepts the stream's own connection and opens the stream.</summary>
    private static async Task<ScriptedDaemon> AcceptAsync(SupervisionScenario scenario)
    {
        ScriptedDaemon daemon = await BulkScenario.BulkAsync(scenario.Host).InTimeAsync("The handshake of the stream's connection");
        SentFrame call = await daemon.NextFrameAsync()
            ?? throw new InvalidOperationException("The client closed where the call was expected that opens the stream.");
        await daemon.ReplyAsync(call, XdrVoid.Value);
        return daemon;
    }
}
