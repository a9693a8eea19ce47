using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Testing;
using Libvirt.Tests.Scripting;
using Microsoft.Win32.SafeHandles;
using static Libvirt.Tests.Streams.BulkScenario;

namespace Libvirt.Tests.Streams;

/// <summary>Volumes from and to files.</summary>
public sealed class FileTransferTests
{
    private const int Size = (2 * 1024 * 1024) + 12345;

    private readonly string _path = Scratch.NewPath("file");

    [Fact]
    public async Task A_file_goes_up_as_it_is()
    {
        byte[] content = await WriteAsync(Size);
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<long> transfer = Volume(scenario).UploadFromFileAsync(_path).AsTask();

        ScriptedDaemon bulk = await BulkAsync(host);
        Assert.Equal(content, await TakeUploadAsync(bulk, Size));
        Assert.Equal(Size, await transfer);
    }

    [Fact]
    public async Task A_file_that_is_shorter_than_told_is_no_success()
    {
        await WriteAsync(8);
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<long> transfer = Volume(scenario).UploadFromFileAsync(_path, new TransferOptions { Length = 9 }).AsTask();

        ScriptedDaemon bulk = await BulkAsync(host);
        await TakeUploadAsync(bulk, 8);
        await Assert.ThrowsAsync<EndOfStreamException>(() => transfer);
    }

    [Fact]
    public async Task One_that_does_not_tell_its_length_goes_up_to_its_end()
    {
        // As a device does, it says that it holds nothing.
        const string path = "/proc/version";
        byte[] content = await File.ReadAllBytesAsync(path);
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        List<TransferProgress> progress = [];
        Task<long> transfer = Volume(scenario).UploadFromFileAsync(path, new TransferOptions { Progress = new Recorder(progress) }).AsTask();

        ScriptedDaemon bulk = await BulkAsync(host);
        Assert.Equal(content, await TakeUploadAsync(bulk, content.Length));
        Assert.Equal(content.Length, await transfer);
        Assert.All(progress, step => Assert.Null(step.Total));
    }

    [Fact]
    public async Task An_upload_that_lost_its_connection_sends_the_file_again()
    {
        byte[] content = await WriteAsync(Size);
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<long> transfer = Volume(scenario).UploadFromFileAsync(_path).AsTask();

        ScriptedDaemon first = await BulkAsync(host);
        await first.ReplyAsync(await first.ExpectCallAsync(RemoteProcedures.StorageVolUpload), XdrVoid.Value);
        await first.NextFrameAsync();
        first.Close();

        ScriptedDaemon second = await BulkAsync(host, scenario);
        Assert.Equal(content, await TakeUploadAsync(second, Size));
        Assert.Equal(Size, await transfer);
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_while_the_daemon_reads_nothing_ends_and_lets_go_of_the_file()
    {
        await WriteAsync(8 * 1024 * 1024);
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        using CancellationTokenSource cancellation = new();
        Task<long> transfer = Volume(scenario).UploadFromFileAsync(_path, cancellationToken: cancellation.Token).AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolUpload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await bulk.NextFrameAsync();

        await cancellation.CancelAsync();

        await AcknowledgeAbortAsync(bulk);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transfer);
        Assert.DoesNotContain(_path, OpenFiles());
        await IsFreeAsync(scenario, bulk);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_ends_the_upload_and_leaves_the_connection_free()
    {
        await WriteAsync(8);
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        using SafeFileHandle unreadable = File.OpenHandle(_path, access: FileAccess.Write);
        using FileSource source = new(unreadable);
        Task<long> transfer = new UploadTransfer(Volume(scenario), TransferOptions.Default, source).RunAsync(default).AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        await bulk.ReplyAsync(await bulk.ExpectCallAsync(RemoteProcedures.StorageVolUpload), XdrVoid.Value);

        await AcknowledgeAbortAsync(bulk);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => transfer);
        await IsFreeAsync(scenario, bulk);
    }

    [Fact]
    public async Task A_download_becomes_a_file_with_its_holes_even_when_its_connection_is_lost_meanwhile()
    {
        await WriteAsync(100);
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        Task<long> transfer = Volume(scenario).DownloadToFileAsync(_path).AsTask();

        ScriptedDaemon first = await BulkAsync(host);
        SentFrame call = await first.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await first.ReplyAsync(call, XdrVoid.Value);
        await first.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "abcd"u8.ToArray()));
        await HoleAsync(first, call, 1000);
        await first.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "efgh"u8.ToArray()));
        first.Close();
        ScriptedDaemon second = await BulkAsync(host, scenario);
        SentFrame again = await second.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        Assert.Equal(1008ul, again.Read<StorageVolDownloadArgs>().Offset);
        await second.ReplyAsync(again, XdrVoid.Value);
        await second.SendBytesAsync(StreamScenario.Packet(again, MessageStatus.Continue, "ijkl"u8.ToArray()));
        await HoleAsync(second, again, 50);
        await EndAsync(second, again);

        Assert.Equal(1062, await transfer);
        byte[] expected = [.. "abcd"u8, .. new byte[1000], .. "efghijkl"u8, .. new byte[50]];
        Assert.Equal(expected, await File.ReadAllBytesAsync(_path));
    }

    [Fact]
    public async Task What_can_have_no_holes_gets_none()
    {
        ScriptedHost host = new();
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options, keepAlive: false);
        // As a device does, it has no length that could be set.
        Task<long> transfer = Volume(scenario).DownloadToFileAsync("/dev/null").AsTask();
        ScriptedDaemon bulk = await BulkAsync(host);
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolDownload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Continue, "abcd"u8.ToArray()));
        await HoleAsync(bulk, call, 1000);

        await AcknowledgeAbortAsync(bulk);
        await Assert.ThrowsAnyAsync<IOException>(() => transfer);
    }

    private async Task<byte[]> WriteAsync(int size)
    {
        byte[] content = new byte[size];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(_path, content);
        return content;
    }

    /// <summary>Plays a daemon that takes an upload of so many bytes, and acknowledges its end.</summary>
    private static async Task<byte[]> TakeUploadAsync(ScriptedDaemon bulk, int size)
    {
        SentFrame call = await bulk.ExpectCallAsync(RemoteProcedures.StorageVolUpload);
        await bulk.ReplyAsync(call, XdrVoid.Value);
        using MemoryStream taken = new();
        while (taken.Length < size)
            taken.Write((await bulk.NextFrameAsync())!.Payload);
        Assert.Equal(MessageStatus.Ok, (await bulk.NextFrameAsync())!.Header.Status);
        await bulk.SendBytesAsync(StreamScenario.Packet(call, MessageStatus.Ok, []));
        return taken.ToArray();
    }

    private static async Task AcknowledgeAbortAsync(ScriptedDaemon bulk)
    {
        SentFrame frame;
        do
            frame = (await bulk.NextFrameAsync())!;
        while (frame.Header.Status == MessageStatus.Continue);
        Assert.Equal(MessageStatus.Error, frame.Header.Status);
        await bulk.SendBytesAsync(StreamScenario.Packet(frame, MessageStatus.Ok, []));
    }

    /// <summary>The next transfer gets the same connection.</summary>
    private static async Task IsFreeAsync(ConnectedScenario scenario, ScriptedDaemon bulk)
    {
        Task<long> next = Volume(scenario).UploadAsync(new MemoryStream(new byte[8])).AsTask();
        await TakeUploadAsync(bulk, 8);
        Assert.Equal(8, await next);
    }

    private static IEnumerable<string?> OpenFiles() => Directory.GetFiles("/proc/self/fd").Select(static open => new FileInfo(open).LinkTarget);
}
