using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Libvirt.Streams;
using Libvirt.Testing;
using static Libvirt.Integration.Streams.Volumes;

namespace Libvirt.Integration.Streams;

public sealed class VolumeTests
{
    [Fact]
    public async Task What_is_uploaded_in_odd_sizes_is_what_comes_down_again()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, (4 * MiB) + 4097);
        byte[] content = RandomNumberGenerator.GetBytes((4 * MiB) + 4097);
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
    public async Task A_large_volume_is_the_same_after_its_way_up_and_down()
    {
        // 2 GiB: LIBVIRT_ACTORS_TRANSFER_MIB=2048.
        long size = (long.Parse(Environment.GetEnvironmentVariable("LIBVIRT_ACTORS_TRANSFER_MIB") ?? "64", CultureInfo.InvariantCulture) * MiB) + 4097;
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, size);
        using RandomContent content = new(size, seed: 5);
        using HashingStream down = new();

        long started = Stopwatch.GetTimestamp();
        Assert.Equal(size, await volume.UploadAsync(content));
        TimeSpan up = Stopwatch.GetElapsedTime(started);
        Assert.Equal(size, await volume.DownloadAsync(down));
        TimeSpan both = Stopwatch.GetElapsedTime(started);

        Assert.Equal(content.Hash, down.Hash);
        TestContext.Current.TestOutputHelper?.WriteLine($"{size} bytes: up {up.TotalSeconds:0.0} s, down {(both - up).TotalSeconds:0.0} s, hashing included");
    }

    [Fact]
    public async Task A_sparse_volume_comes_with_its_holes()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using RecordingProxy proxy = daemon.OpenProxy();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync($"qemu+unix:///session?socket={proxy.SocketPath}");
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, 10240L * MiB);
        byte[] data = RandomNumberGenerator.GetBytes(MiB);
        string original = Path.Combine(daemon.DataDirectory, "original");
        await using (FileStream writing = File.Create(original))
        {
            writing.Position = 4097L * MiB;
            await writing.WriteAsync(data);
            writing.SetLength(10240L * MiB);
        }

        Assert.Equal(10240L * MiB, await volume.UploadFromFileAsync(original));
        string file = Path.Combine(daemon.DataDirectory, "copy");
        Assert.Equal(10240L * MiB, await volume.DownloadToFileAsync(file));

        Assert.Equal(10240L * MiB, new FileInfo(file).Length);
        await using FileStream copy = File.OpenRead(file);
        copy.Position = 4097L * MiB;
        byte[] there = new byte[MiB];
        await copy.ReadExactlyAsync(there);
        Assert.Equal(data, there);
        // In blocks of 512 bytes, with what the file systems need for themselves.
        Assert.InRange(await BlocksAsync(file), 2048, 2500);
        Assert.InRange(await BlocksAsync(Path.Combine(daemon.DataDirectory, "pool", "disk")), 2048, 2500);
        long carried = proxy.Recording.Frames.Where(frame => frame.Frame.Type == RpcType.Stream).Sum(frame => (long)frame.Frame.Bytes.Length);
        Assert.InRange(carried, 2 * MiB, 3 * MiB);
    }

    [Fact]
    public async Task Two_hundred_transfers_that_end_anywhere_leave_the_next_one_and_the_calls_alone()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { MaxClients = 6 });
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        await using Hypervisor hypervisor = await runtime.ConnectAsync(daemon.SessionUri, new HypervisorOptions { MaxBulkConnections = 3 });
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, 4 * MiB);
        await volume.UploadAsync(new MemoryStream(new byte[4 * MiB]));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(lane => Task.Run(async () =>
        {
            Random random = new(lane);
            for (int i = 0; i < 50; i++)
            {
                using CancellationTokenSource cancellation = new();
                if (random.Next(2) == 0)
                    cancellation.CancelAfter(TimeSpan.FromMilliseconds(random.Next(20)));
                await EndSomewhereAsync(volume, random, cancellation.Token);
            }
        })));

        Assert.Equal(4 * MiB, await volume.DownloadAsync(Stream.Null));
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
    public async Task An_upload_beyond_its_room_ends_with_the_daemons_words_and_the_next_one_works()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, MiB);

        await using (VolumeUpload upload = await volume.OpenUploadAsync(length: MiB))
        {
            LibvirtRemoteException full = await Assert.ThrowsAsync<LibvirtRemoteException>(async () =>
            {
                for (int i = 0; i < 64; i++)
                    await upload.WriteAsync(new byte[MiB]);
                await upload.CompleteAsync();
            });
            Assert.Contains("No space left", full.Message, StringComparison.Ordinal);
        }

        Assert.Equal(MiB, await volume.UploadAsync(new MemoryStream(new byte[MiB])));
    }

    [Fact]
    public async Task A_volume_that_is_deleted_meanwhile_still_comes_whole_but_cannot_be_resumed()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(
            daemon.SessionUri, new HypervisorOptions { ReadyTimeout = TimeSpan.FromSeconds(60) });
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, 32 * MiB);
        byte[] content = RandomNumberGenerator.GetBytes(32 * MiB);
        await volume.UploadAsync(new MemoryStream(content));
        GatedStream whole = new(openAfter: 2 * MiB);
        GatedStream lost = new(openAfter: 2 * MiB);

        Task<long> stays = volume.DownloadAsync(whole).AsTask();
        Task<long> resumes = volume.DownloadAsync(lost).AsTask();
        await Task.WhenAll(whole.Reached, lost.Reached).WaitAsync(TimeSpan.FromSeconds(60));
        await volume.DeleteAsync();
        // The daemon has the file open: what is under way comes to its end.
        whole.Open();
        Assert.Equal(32 * MiB, await stays.WaitAsync(TimeSpan.FromSeconds(90)));
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(whole.ToArray()));

        await daemon.RestartAsync();
        lost.Open();
        LibvirtRemoteException gone = await Assert.ThrowsAsync<LibvirtRemoteException>(() => resumes.WaitAsync(TimeSpan.FromSeconds(90)));
        Assert.Contains(gone.Code, (ErrorNumber[])[ErrorNumber.NoStorageVol, ErrorNumber.NoStoragePool, ErrorNumber.OperationInvalid]);
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

    /// <summary>Transfers up or down and disposes after any number of bytes, unless it is cancelled before.</summary>
    private static async Task EndSomewhereAsync(StorageVolume volume, Random random, CancellationToken cancellationToken)
    {
        long limit = random.Next(4 * MiB);
        try
        {
            if (random.Next(3) == 0)
            {
                await using VolumeUpload upload = await volume.OpenUploadAsync(cancellationToken: cancellationToken);
                byte[] data = new byte[random.Next(1, 300_000)];
                for (long written = 0; written < limit; written += data.Length)
                    await upload.WriteAsync(data.AsMemory(0, (int)Math.Min(data.Length, limit - written)), cancellationToken);
                return;
            }

            await using VolumeDownload download = await volume.OpenDownloadAsync(cancellationToken: cancellationToken);
            long read = 0;
            await foreach (ReadOnlyMemory<byte> piece in download.ReadAllAsync(cancellationToken))
            {
                read += piece.Length;
                if (read > limit)
                    return;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The documented end of what is cancelled.
        }
        catch (LibvirtRemoteException busy) when (busy.Code == ErrorNumber.OperationInvalid)
        {
            // The daemon opens a volume for writing only while no other call of its is opening it.
        }
    }

    private static async Task<long> BlocksAsync(string path) =>
        long.Parse((await Command.RunAsync("stat", ["-c", "%b", path])).EnsureSuccess().Output, CultureInfo.InvariantCulture);

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
