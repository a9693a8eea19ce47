using Akka.Actor;
using System.Buffers;
using Libvirt.Connections;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;
using Libvirt.Tests.Streams;

namespace Libvirt.Tests.Supervision;

/// <summary>The actor of a stream fails: the stream ends on both sides, its connection continues.</summary>
public sealed class StreamTests
{
    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_stream_whose_actor_fails_as_it_is_created_fails_and_is_aborted_at_the_daemon(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Failing.FailNext<StreamActor>(phase);
        Task<LibvirtStream> opening = SharedConsole.OpeningAsync(scenario);

        SentFrame call = await SharedConsole.AcceptAsync(scenario);
        await scenario.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, [1, 2, 3, 4]));

        LibvirtStream console = await opening.InTimeAsync("Opening the console");
        await ExpectFailedAsync<InvalidOperationException>(scenario, console, call);
        await ExpectNextStreamWorksAsync(scenario);
    }

    [Fact]
    public async Task A_stream_whose_actor_fails_while_it_receives_gives_out_what_had_come_and_fails()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<LibvirtStream> opening = SharedConsole.OpeningAsync(scenario);
        SentFrame call = await SharedConsole.AcceptAsync(scenario);
        LibvirtStream console = await opening.InTimeAsync("Opening the console");
        await scenario.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, [1, 2, 3, 4]));
        await scenario.Kit.SettleAsync();
        IActorRef stream = scenario.Living<StreamActor>();

        stream.Tell(Poison(call));

        await scenario.Kit.ExpectStoppedAsync(stream);
        Assert.Equal([1, 2, 3, 4], await StreamScenario.ReadAsync(console.Input, 4));
        await ExpectFailedAsync<InvalidOperationException>(scenario, console, call);
        await ExpectNextStreamWorksAsync(scenario);
    }

    [Theory]
    [InlineData(LifePhase.Constructor)]
    [InlineData(LifePhase.PreStart)]
    public async Task A_stream_whose_actor_fails_as_it_is_created_fails_with_its_connection_that_ends_in_the_same_moment(LifePhase phase)
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        scenario.Failing.FailNext<StreamActor>(phase);
        Task<LibvirtStream> opening = SharedConsole.OpeningAsync(scenario);
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);
        MessageHeader reply = call.Header with { Type = MessageType.Reply };

        // The connection receives both at once, and ends before it hears of the actor.
        await scenario.Daemon.SendBytesAsync((byte[])[.. Frames.Encode(reply, XdrVoid.Value), .. Frames.Encode(reply with { Serial = 77 }, XdrVoid.Value)]);

        LibvirtStream console = await opening.InTimeAsync("Opening the console");
        LibvirtConnectionLostException error = await console.Completion.FailsInTimeAsync<LibvirtConnectionLostException>("The stream");
        Assert.IsType<LibvirtProtocolException>(error.InnerException);
        await console.DisposeAsync().AsTask().InTimeAsync("Disposing the stream");
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_stream_whose_daemon_sends_an_error_that_cannot_be_read_fails_and_its_connection_continues()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<LibvirtStream> opening = SharedConsole.OpeningAsync(scenario);
        SentFrame call = await SharedConsole.AcceptAsync(scenario);
        LibvirtStream console = await opening.InTimeAsync("Opening the console");

        await scenario.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Error, [0, 0, 0, 1]));

        await ExpectUserIsToldAsync<LibvirtProtocolException>(console);
        await console.DisposeAsync().AsTask().InTimeAsync("Disposing the stream");
        Assert.Empty(scenario.LivingOf<StreamActor>());
        await ExpectNextStreamWorksAsync(scenario);
    }

    [Fact]
    public async Task A_transfer_whose_actor_fails_gives_its_connection_back()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync(SupervisionScenario.Options with { MaxBulkConnections = 1 });
        StorageVolume volume = new(scenario.Hypervisor, new RemoteStorageVol("pool", "disk", "/pool/disk"));
        Task<VolumeDownload> opening = volume.OpenDownloadAsync().AsTask();
        ScriptedDaemon bulk = await BulkScenario.BulkAsync(scenario.Host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        VolumeDownload download = await opening.InTimeAsync("The download");

        scenario.Living<StreamActor>().Tell(Poison(call));

        await BulkScenario.AllAsync(download).FailsInTimeAsync<InvalidOperationException>("Reading");
        Assert.Equal(MessageStatus.Error, (await bulk.NextFrameAsync())!.Header.Status);
        Task<VolumeDownload> next = volume.OpenDownloadAsync().AsTask();
        SentFrame nextCall = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload).InTimeAsync("The next download");
        await bulk.ReplyAsync(nextCall, XdrVoid.Value);
        await next.InTimeAsync("The next download");
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task Memory_of_a_writer_that_cannot_be_read_fails_the_write_and_nothing_else()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<LibvirtStream> opening = SharedConsole.OpeningAsync(scenario);
        SentFrame call = await SharedConsole.AcceptAsync(scenario);
        LibvirtStream console = await opening.InTimeAsync("Opening the console");
        using UnreadableMemory memory = new();

        Task write = console.Port.WriteAsync(memory.CreateMemory(16), CancellationToken.None).AsTask();

        await write.FailsInTimeAsync<ObjectDisposedException>("Writing");
        await console.Port.WriteAsync(new byte[4], CancellationToken.None).AsTask().InTimeAsync("The next write");
        SentFrame packet = await scenario.Daemon.NextFrameAsync() ?? throw new InvalidOperationException("The client closed.");
        Assert.Equal(call.Header with { Type = MessageType.Stream, Status = MessageStatus.Continue }, packet.Header);
        Assert.Equal(new byte[4], packet.Payload);
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
    }

    [Fact]
    public async Task A_stream_whose_actor_fails_after_its_PostStop_has_ended_in_order()
    {
        await using SupervisionScenario scenario = await SupervisionScenario.ConnectedAsync();
        Task<LibvirtStream> opening = SharedConsole.OpeningAsync(scenario);
        SentFrame call = await SharedConsole.AcceptAsync(scenario);
        LibvirtStream console = await opening.InTimeAsync("Opening the console");
        scenario.Failing.FailNext<StreamActor>(LifePhase.PostStop);

        await scenario.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, []));
        Assert.Equal(MessageStatus.Ok, (await scenario.Daemon.NextFrameAsync())!.Header.Status);
        await scenario.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));

        await console.Completion.InTimeAsync("The stream");
        await ExpectNextStreamWorksAsync(scenario);
    }

    /// <summary>A packet that no receiver has sent: the actor cannot release it.</summary>
    private static StreamPacket Poison(SentFrame call) => new(call.Header with { Status = (MessageStatus)99 }, default, null!);

    /// <summary>Then: reader, writer and the stream itself get the error, and the daemon is told to stop.</summary>
    private static async Task ExpectFailedAsync<TException>(SupervisionScenario scenario, LibvirtStream console, SentFrame call)
        where TException : Exception
    {
        await ExpectUserIsToldAsync<TException>(console);
        SentFrame abort = await scenario.Daemon.NextFrameAsync().InTimeAsync("The abort") ?? throw new InvalidOperationException("The client closed.");
        Assert.Equal(call.Header with { Type = MessageType.Stream, Status = MessageStatus.Error }, abort.Header);
        await scenario.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, [5, 6, 7, 8]));
        await scenario.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        await console.DisposeAsync().AsTask().InTimeAsync("Disposing the stream");
        Assert.Empty(scenario.LivingOf<StreamActor>());
    }

    private static async Task ExpectUserIsToldAsync<TException>(LibvirtStream console)
        where TException : Exception
    {
        await console.Completion.FailsInTimeAsync<TException>("The stream");
        await console.Input.ReadAsync().AsTask().FailsInTimeAsync<TException>("Reading");
        await console.Output.WriteAsync(new byte[4]).AsTask().FailsInTimeAsync<TException>("Writing");
    }

    private static async Task ExpectNextStreamWorksAsync(SupervisionScenario scenario)
    {
        Task<LibvirtStream> opening = SharedConsole.OpeningAsync(scenario);
        SentFrame call = await SharedConsole.AcceptAsync(scenario);
        LibvirtStream next = await opening.InTimeAsync("Opening the next console");
        await scenario.Daemon.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, [9, 9, 9, 9]));
        Assert.Equal([9, 9, 9, 9], await StreamScenario.ReadAsync(next.Input, 4));
        Assert.Single(scenario.LivingOf<ConnectionActor>());
        await scenario.ServesCallsAsync();
        await scenario.EndsCleanlyAsync();
        await next.Completion.FailsInTimeAsync<LibvirtConnectionLostException>("The next console");
    }

    /// <summary>Memory that was given back to its pool while a write was under way.</summary>
    private sealed class UnreadableMemory : MemoryManager<byte>
    {
        public new Memory<byte> CreateMemory(int length) => base.CreateMemory(length);

        public override Span<byte> GetSpan() => throw new ObjectDisposedException("memory");

        public override MemoryHandle Pin(int elementIndex = 0) => throw new ObjectDisposedException("memory");

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
