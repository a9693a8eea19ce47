using System.Security.Cryptography;
using Libvirt.Streams;
using Libvirt.Testing;

namespace Libvirt.Integration.Streams;

public sealed class VolumeTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task What_is_uploaded_in_odd_sizes_is_what_comes_down_again()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, 64 * MiB + 4097);
        byte[] content = RandomNumberGenerator.GetBytes(64 * MiB + 4097);
        List<TransferProgress> progress = [];

        long up = await volume.UploadAsync(new OddStream(content), new TransferOptions { Progress = new Recorder(progress) });
        using MemoryStream down = new();
        List<TransferProgress> downProgress = [];
        long came = await volume.DownloadAsync(down, new TransferOptions { Progress = new Recorder(downProgress) });
        Assert.Equal(new TransferProgress(came, came, downProgress[^1].BytesPerSecond), downProgress[^1]);

        Assert.Equal((content.Length, content.Length), (up, came));
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(down.ToArray()));
        Assert.Equal(content.Length, progress[^1].Bytes);
        using MemoryStream part = new();
        await volume.DownloadAsync(part, new TransferOptions { Offset = 12345, Length = 700_001 });
        Assert.Equal(content.AsSpan(12345, 700_001).ToArray(), part.ToArray());
    }

    [Fact]
    public async Task A_sparse_volume_comes_with_its_holes()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using RecordingProxy proxy = daemon.OpenProxy();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync($"qemu+unix:///session?socket={proxy.SocketPath}");
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, 2048L * MiB);
        byte[] data = RandomNumberGenerator.GetBytes(MiB);
        string original = Path.Combine(daemon.DataDirectory, "original");
        await using (FileStream writing = File.Create(original))
        {
            writing.Position = 512L * MiB;
            await writing.WriteAsync(data);
            writing.SetLength(2048L * MiB);
        }

        Assert.Equal(2048L * MiB, await volume.UploadFromFileAsync(original));
        string file = Path.Combine(daemon.DataDirectory, "copy");
        Assert.Equal(2048L * MiB, await volume.DownloadToFileAsync(file));

        Assert.Equal(2048L * MiB, new FileInfo(file).Length);
        await using FileStream copy = File.OpenRead(file);
        copy.Position = 512L * MiB;
        byte[] there = new byte[MiB];
        await copy.ReadExactlyAsync(there);
        Assert.Equal(data, there);
        long carried = proxy.Recording.Frames.Where(frame => frame.Frame.Type == RpcType.Stream).Sum(frame => (long)frame.Frame.Bytes.Length);
        Assert.InRange(carried, 2 * MiB, 3 * MiB);
    }

    [Fact]
    public async Task Aborting_anywhere_leaves_the_next_stream_and_the_calls_alone()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { MaxClients = 5 });
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        await using Hypervisor hypervisor = await runtime.ConnectAsync(daemon.SessionUri, new HypervisorOptions { MaxBulkConnections = 2 });
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, 8 * MiB);
        Random random = new(11);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            int limit = random.Next(8 * MiB);
            await using VolumeDownload download = await volume.OpenDownloadAsync();
            long read = 0;
            await foreach (ReadOnlyMemory<byte> piece in download.ReadAllAsync())
            {
                read += piece.Length;
                if (read > limit)
                    break;
            }
        }));

        Assert.Equal(8 * MiB, await volume.DownloadAsync(Stream.Null));
        Assert.True(await hypervisor.GetLibVersionAsync() > 0);
    }

    [Fact]
    public async Task Fifty_downloads_at_once_all_finish_within_the_clients_that_are_allowed()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { MaxClients = 6 });
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri, new HypervisorOptions { MaxBulkConnections = 4 });
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, 4 * MiB);

        long[] came = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => volume.DownloadAsync(Stream.Null).AsTask()));

        Assert.All(came, bytes => Assert.Equal(4 * MiB, bytes));
    }

    [Fact]
    public async Task A_download_survives_the_death_of_its_daemon()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(
            daemon.SessionUri, new HypervisorOptions { ReadyTimeout = TimeSpan.FromSeconds(60) });
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, 64 * MiB);
        byte[] content = RandomNumberGenerator.GetBytes(64 * MiB);
        await volume.UploadAsync(new MemoryStream(content));
        GatedStream destination = new(openAfter: 20 * MiB);

        Task<long> transfer = volume.DownloadAsync(destination).AsTask();
        await destination.Reached.WaitAsync(TimeSpan.FromSeconds(60));
        await daemon.RestartAsync();
        destination.Open();

        Assert.Equal(64 * MiB, await transfer.WaitAsync(TimeSpan.FromSeconds(90)));
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(destination.ToArray()));
    }

    private static async Task<StorageVolume> CreateVolumeAsync(LibvirtDaemon daemon, Hypervisor hypervisor, long size)
    {
        string directory = Path.Combine(daemon.DataDirectory, "pool");
        StoragePool pool = await hypervisor.DefineStoragePoolXmlAsync($"<pool type='dir'><name>pool</name><target><path>{directory}</path></target></pool>");
        await pool.BuildAsync();
        await pool.CreateAsync();
        return await pool.CreateVolumeXmlAsync(
            $"<volume><name>disk</name><capacity>{size}</capacity><allocation>0</allocation><target><format type='raw'/></target></volume>");
    }

    private sealed class Recorder(List<TransferProgress> seen) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => seen.Add(value);
    }

    /// <summary>Reads give odd numbers of bytes; its length is not known.</summary>
    private sealed class OddStream(byte[] content) : MemoryStream(content)
    {
        private readonly Random _random = new(3);

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, (2 * _random.Next(60_000)) + 1)], cancellationToken);
    }

    /// <summary>Lets the writer wait in the middle until it is opened.</summary>
    private sealed class GatedStream(int openAfter) : MemoryStream
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Open() => _open.TrySetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Length > openAfter)
            {
                _reached.TrySetResult();
                await _open.Task;
            }

            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
