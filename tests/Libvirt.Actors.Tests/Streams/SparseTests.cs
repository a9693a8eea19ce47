using System.Text;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;
using static Libvirt.Tests.Streams.BulkScenario;

namespace Libvirt.Tests.Streams;

public sealed class SparseTests
{
    [Fact]
    public async Task A_sparse_reader_gives_data_into_the_callers_memory_and_holes_as_lengths()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<SparseReader> opening = Volume(scenario).OpenSparseReaderAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        Assert.Equal(1u, call.Read<StorageVolDownloadArgs>().Flags);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await using SparseReader reader = await opening;

        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "abcdefgh"u8.ToArray()));
        await HoleAsync(bulk, call, 1L << 40);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "ijkl"u8.ToArray()));
        await HoleAsync(bulk, call, 3);
        Task end = EndAsync(bulk, call);

        StringBuilder seen = new();
        byte[] buffer = new byte[4];
        for (VolumeSection section = await reader.ReadAsync(buffer); section.Length > 0; section = await reader.ReadAsync(buffer))
            seen.Append(section.IsHole ? $"<{section.Length}>" : Encoding.ASCII.GetString(section.Data.Span));
        await end;
        Assert.Equal("abcdefgh<1099511627776>ijkl<3>", seen.ToString());
        await reader.Completion;
    }

    [Fact]
    public async Task Holes_are_read_before_anything_comes_behind_them()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<SparseReader> opening = Volume(scenario).OpenSparseReaderAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await using SparseReader reader = await opening;
        byte[] begin = StreamScenario.Packet(call, MessageStatus.Continue, "abcd"u8.ToArray());
        byte[] hole = Frames.Encode(call.Header with { Type = MessageType.StreamHole, Status = MessageStatus.Continue }, new StreamHole(5, 0));
        await bulk.SendBytesAsync((byte[])[.. begin, .. hole, .. hole]);

        byte[] buffer = new byte[8];
        List<long> lengths = [];
        for (int i = 0; i < 3; i++)
            lengths.Add((await reader.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(60))).Length);

        Assert.Equal([4L, 5L, 5L], lengths);
        Task end = EndAsync(bulk, call);
        Assert.Equal(0, (await reader.ReadAsync(buffer)).Length);
        await end;
    }

    [Fact]
    public async Task A_sparse_writer_sends_what_a_reader_gave_out()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<SparseWriter> opening = Volume(scenario).OpenSparseWriterAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolUpload);
        Assert.Equal(1u, call.Read<StorageVolUploadArgs>().Flags);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await using SparseWriter writer = await opening;

        await writer.WriteAsync(VolumeSection.OfHole(1L << 40));
        await writer.WriteAsync(VolumeSection.OfData("1234"u8.ToArray()));
        await writer.WriteAsync("5678"u8.ToArray());
        Assert.Equal(new StreamHole(1L << 40, 0), (await bulk.NextFrameAsync())!.Read<StreamHole>());
        Assert.Equal("1234"u8.ToArray(), (await bulk.NextFrameAsync())!.Payload);
        Assert.Equal("5678"u8.ToArray(), (await bulk.NextFrameAsync())!.Payload);
        Task completing = writer.CompleteAsync().AsTask();
        Assert.Equal(MessageStatus.Ok, (await bulk.NextFrameAsync())!.Header.Status);
        Assert.False(completing.IsCompleted);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        await completing;
    }

    [Fact]
    public async Task Any_procedure_that_begins_a_stream_can_be_called_by_itself_and_no_other()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        DomainMigratePrepareTunnel3Args args = new() { CookieIn = [], Flags = 0, DestinationName = null, Resource = 0, DomXml = "<domain/>" };
        Task<StreamReply<DomainMigratePrepareTunnel3Ret>> opening =
            scenario.Hypervisor.Calls.OpenStreamAsync(RemoteProcedures.DomainMigratePrepareTunnel3, args).AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.DomainMigratePrepareTunnel3);
        await bulk.ReplyAsync(call, new DomainMigratePrepareTunnel3Ret { CookieOut = [1, 2, 3] });
        StreamReply<DomainMigratePrepareTunnel3Ret> reply = await opening;
        Assert.Equal([1, 2, 3], reply.Result.CookieOut);
        await using LibvirtStream stream = reply.Stream;

        await stream.Output.WriteAsync("memory.."u8.ToArray());
        Assert.Equal("memory.."u8.ToArray(), (await bulk.NextFrameAsync())!.Payload);
        Task completing = stream.CompleteAsync().AsTask();
        Assert.Equal(MessageStatus.Ok, (await bulk.NextFrameAsync())!.Header.Status);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        await completing;

        await Assert.ThrowsAsync<ArgumentException>(
            () => scenario.Hypervisor.Calls.OpenStreamAsync(RemoteProcedures.ConnectGetLibVersion, XdrVoid.Value).AsTask());
    }
}
