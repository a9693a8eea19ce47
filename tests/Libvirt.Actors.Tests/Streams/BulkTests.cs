using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;
using static Libvirt.Tests.Streams.BulkScenario;

namespace Libvirt.Tests.Streams;

public sealed class BulkTests
{
    [Fact]
    public async Task A_download_has_a_connection_of_its_own_that_is_used_again_and_closed_when_idle()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options with { MaxBulkConnections = 1 }, keepAlive: false);

        Task<VolumeDownload> opening = Volume(scenario).OpenDownloadAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        for (int round = 0; round < 2; round++)
        {
            SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
            await bulk.ReplyAsync(call, XdrVoid.Value);
            await using VolumeDownload download = await opening;
            await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "12345678"u8.ToArray()));
            await EndAsync(bulk, call);
            Assert.Equal("12345678"u8.ToArray(), await AllAsync(download));
            if (round == 0)
                opening = Volume(scenario).OpenDownloadAsync().AsTask();
        }

        Assert.Equal(2, host.Attempts);
        Task<SentFrame> goodbye = bulk.ExpectCallAsync(RemoteProcedures.ConnectClose);
        while (!goodbye.IsCompleted)
        {
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(10));
            await Task.WhenAny(goodbye, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        await bulk.ReplyAsync(await goodbye, XdrVoid.Value);
        Assert.Null(await bulk.NextFrameAsync());
    }

    [Fact]
    public async Task Those_who_wait_for_a_connection_are_served_in_their_order_and_never_above_the_limit()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        using CancellationTokenSource givesUp = new();

        List<Task<VolumeDownload>> openings = [];
        for (int i = 0; i < 5; i++)
            openings.Add(Volume(scenario).OpenDownloadAsync(offset: i, cancellationToken: i == 2 ? givesUp.Token : default).AsTask());
        ScriptedDaemon bulk = await BulkAsync(host);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => openings[2]);
        foreach (int expected in (int[])[0, 1, 3, 4])
        {
            SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
            Assert.Equal((ulong)expected, call.Read<StorageVolDownloadArgs>().Offset);
            await bulk.ReplyAsync(call, XdrVoid.Value);
            VolumeDownload download = await openings[expected];
            Task disposing = download.DisposeAsync().AsTask();
            Assert.Equal(MessageStatus.Error, (await bulk.NextFrameAsync())!.Header.Status);
            await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
            await disposing;
        }

        Assert.Equal(2, host.Attempts);
    }

    [Fact]
    public async Task A_reader_that_does_not_read_stops_its_socket_and_nothing_else()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options with { KeepAliveInterval = TimeSpan.FromSeconds(1) });
        Task<VolumeDownload> opening = Volume(scenario).OpenDownloadAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await using VolumeDownload download = await opening;

        byte[] packet = StreamScenario.Packet(call, MessageStatus.Continue, new byte[16 * 1024]);
        int sent = 0;
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < 1000; i++)
            {
                await bulk.SendBytesAsync(packet);
                Interlocked.Increment(ref sent);
            }
        });
        await BecomesFullAsync(download.Reader, Options.StreamBuffer).WaitAsync(TimeSpan.FromSeconds(60));
        for (int i = 0; i < 20; i++)
        {
            Task<ulong> version = scenario.AskVersionAsync();
            await scenario.AnswerVersionAsync(7);
            Assert.Equal(7ul, await version);
        }

        // Longer than a silent daemon would be given: it is the reader who is silent.
        for (int second = 0; second < 2 * Options.KeepAliveCount; second++)
        {
            await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
            await scenario.Daemon.SendAsync(
                new MessageHeader(KeepAlive, 1, 2, MessageType.Message, 0, MessageStatus.Ok), XdrVoid.Value);
        }

        // The stream's 64 KiB, one batch in the receiver and what the wire itself holds: far from the 16 MiB that there were to send.
        Assert.InRange(Volatile.Read(ref sent), 0, 24);
        Assert.False(download.Completion.IsCompleted);
        Task<byte[]> reading = AllAsync(download);
        await sending;
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, []));
        while ((await bulk.NextFrameAsync())!.Header is not { Type: MessageType.Stream, Status: MessageStatus.Ok })
        {
        }

        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        Assert.Equal(1000 * 16 * 1024, (await reading).Length);
    }

    [Fact]
    public async Task A_download_that_is_disposed_while_its_socket_waits_ends_at_once()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options with { StreamBuffer = 4096 });
        Task<VolumeDownload> opening = Volume(scenario).OpenDownloadAsync().AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        VolumeDownload download = await opening;
        for (int i = 0; i < 4; i++)
            await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, new byte[4096]));

        Task disposing = download.DisposeAsync().AsTask();
        Assert.Equal(MessageStatus.Error, (await bulk.NextFrameAsync())!.Header.Status);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));

        await disposing.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Sections_come_in_their_order_with_the_holes_between_them()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<VolumeDownload> opening = Volume(scenario).OpenDownloadAsync(flags: StorageVolDownloadFlags.SparseStream).AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        Assert.Equal(1u, call.Read<StorageVolDownloadArgs>().Flags);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await using VolumeDownload download = await opening;

        await HoleAsync(bulk, call, 1L << 40);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "1234"u8.ToArray()));
        await HoleAsync(bulk, call, 5);
        await HoleAsync(bulk, call, 6);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "5678"u8.ToArray()));
        await HoleAsync(bulk, call, 7);
        Task end = EndAsync(bulk, call);

        List<string> sections = [];
        await foreach (VolumeSection section in download.ReadSectionsAsync())
            sections.Add(section.IsHole ? $"hole {section.Length}" : System.Text.Encoding.ASCII.GetString(section.Data.Span));
        await end;
        Assert.Equal(["hole 1099511627776", "1234", "hole 5", "hole 6", "5678", "hole 7"], sections);
    }

    [Fact]
    public async Task A_download_that_lost_its_connection_goes_on_at_its_offset()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        using MemoryStream destination = new();
        List<TransferProgress> progress = [];
        Task<long> transfer = Volume(scenario).DownloadAsync(
            destination, new TransferOptions { Offset = 100, Length = 12, Progress = new Recorder(progress) }).AsTask();

        ScriptedDaemon first = await BulkAsync(host);
        SentFrame call = await first.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        Assert.Equal((100ul, 12ul), (call.Read<StorageVolDownloadArgs>().Offset, call.Read<StorageVolDownloadArgs>().Length));
        await first.ReplyAsync(call, XdrVoid.Value);
        await first.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "abcdefgh"u8.ToArray()));
        first.Close();
        ScriptedDaemon second = await BulkAsync(host, scenario);
        SentFrame again = await second.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        Assert.Equal((108ul, 4ul), (again.Read<StorageVolDownloadArgs>().Offset, again.Read<StorageVolDownloadArgs>().Length));
        await second.ReplyAsync(again, XdrVoid.Value);
        await second.SendBytesAsync(StreamScenario.Packet(again, MessageStatus.Continue, "ijkl"u8.ToArray()));
        await EndAsync(second, again);

        Assert.Equal(12, await transfer);
        Assert.Equal("abcdefghijkl"u8.ToArray(), destination.ToArray());
        Assert.Equal([8L, 12L], progress.Select(p => p.Bytes));
        Assert.All(progress, p => Assert.Equal(12, p.Total));
    }

    [Fact]
    public async Task A_download_without_resuming_ends_with_its_connection()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<long> transfer = Volume(scenario).DownloadAsync(Stream.Null, new TransferOptions { Resume = false }).AsTask();

        ScriptedDaemon bulk = await BulkAsync(host);
        await bulk.ReplyAsync(await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload), XdrVoid.Value);
        bulk.Close();

        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => transfer);
    }

    [Fact]
    public async Task A_volume_that_is_shorter_than_asked_for_is_no_success()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<long> transfer = Volume(scenario).DownloadAsync(Stream.Null, new TransferOptions { Length = 100 }).AsTask();

        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await EndAsync(bulk, call);

        await Assert.ThrowsAsync<EndOfStreamException>(() => transfer);
    }

    [Fact]
    public async Task An_upload_that_lost_its_connection_is_sent_again_from_the_last_acknowledged_place()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        using MemoryStream source = new("abcdefgh"u8.ToArray());
        Task<long> transfer = Volume(scenario).UploadAsync(source).AsTask();

        ScriptedDaemon first = await BulkAsync(host);
        await first.ReplyAsync(await first.ExpectCallAsync(RemoteProcedures.StorageVolUpload), XdrVoid.Value);
        await first.NextFrameAsync();
        first.Close();
        ScriptedDaemon second = await BulkAsync(host, scenario);
        SentFrame call = await second.ExpectCallAsync(RemoteProcedures.StorageVolUpload);
        await second.ReplyAsync(call, XdrVoid.Value);
        Assert.Equal("abcdefgh"u8.ToArray(), (await second.NextFrameAsync())!.Payload);
        Assert.Equal(MessageStatus.Ok, (await second.NextFrameAsync())!.Header.Status);
        Assert.False(transfer.IsCompleted);
        await second.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));

        Assert.Equal(8, await transfer);
    }

    [Fact]
    public async Task A_full_disk_ends_the_upload_with_the_daemons_words()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<long> transfer = Volume(scenario).UploadAsync(new MemoryStream(new byte[100])).AsTask();

        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolUpload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await bulk.NextFrameAsync();
        await bulk.SendAsync(
            call.Header with { Type = MessageType.Stream, Status = MessageStatus.Error },
            Errors.Remote(ErrorNumber.SystemError, ErrorDomain.Streams, "Unable to write to stream: No space left on device"));

        LibvirtRemoteException error = await Assert.ThrowsAsync<LibvirtRemoteException>(() => transfer);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hole_goes_out_as_a_hole_and_only_where_the_daemon_was_told_of_holes()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<VolumeUpload> opening = Volume(scenario).OpenUploadAsync(flags: StorageVolUploadFlags.SparseStream).AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolUpload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await using VolumeUpload upload = await opening;

        await upload.WriteHoleAsync(1L << 40);
        SentFrame hole = (await bulk.NextFrameAsync())!;
        Assert.Equal((MessageType.StreamHole, MessageStatus.Continue), (hole.Header.Type, hole.Header.Status));
        Assert.Equal(new StreamHole(1L << 40, 0), hole.Read<StreamHole>());

        // What goes wrong with a hole is reported as a reply.
        await bulk.ReplyErrorAsync(call, ErrorNumber.SystemError, ErrorDomain.Streams, "Unable to seek");
        await Assert.ThrowsAsync<LibvirtRemoteException>(() => upload.Completion);
    }
}
