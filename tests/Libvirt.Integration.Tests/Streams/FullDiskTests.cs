using System.Security.Cryptography;
using Libvirt.Streams;
using Libvirt.Testing;
using static Libvirt.Integration.Streams.Volumes;

namespace Libvirt.Integration.Streams;

/// <summary>A daemon whose pool lies on a file system that has no room left. Mounting one takes root, as whom the suite runs.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private const int Room = 8 * MiB;

    private LibvirtDaemon _daemon = null!;

    private string Pool => Path.Combine(_daemon.DataDirectory, "pool");

    public async ValueTask InitializeAsync()
    {
        _daemon = await LibvirtDaemon.StartAsync();
        Directory.CreateDirectory(Pool);
        (await Command.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={Room},mode=0777", "tmpfs", Pool])).EnsureSuccess();
    }

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("umount", ["--lazy", Pool]);
        await _daemon.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_ends_the_upload_with_the_daemons_words_and_leaves_nothing_behind(bool isFile)
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(_daemon.SessionUri);
        StorageVolume volume = await CreateVolumeAsync(_daemon, hypervisor, 256 * MiB);
        byte[] content = RandomNumberGenerator.GetBytes(64 * MiB);
        string file = Scratch.NewPath("content");
        await File.WriteAllBytesAsync(file, content);

        // It is no lost connection: nothing is resumed or tried again.
        LibvirtRemoteException full = await Assert.ThrowsAsync<LibvirtRemoteException>(
            async () => _ = isFile ? await volume.UploadFromFileAsync(file) : await volume.UploadAsync(new MemoryStream(content)));

        Assert.Contains("No space left on device", full.Message, StringComparison.Ordinal);
        await Eventually.IsTrueAsync(() => !IsOpen());
        // What found room is there, and a reader of it gets the same.
        byte[] begun = new byte[MiB];
        await using (VolumeDownload download = await volume.OpenDownloadAsync(length: MiB))
            await download.AsStream().ReadExactlyAsync(begun);
        Assert.Equal(content.AsSpan(0, MiB).ToArray(), begun);

        await volume.DeleteAsync();
        StoragePool pool = Assert.Single(await hypervisor.ListAllStoragePoolsAsync());
        StorageVolume small = await pool.CreateVolumeXmlAsync($"<volume><name>small</name><capacity>{MiB}</capacity></volume>");
        Assert.Equal(MiB, await small.UploadAsync(new MemoryStream(content, 0, MiB)));
        Assert.Equal(content.AsSpan(0, MiB).ToArray(), await File.ReadAllBytesAsync(Path.Combine(Pool, "small")));
    }

    [Fact]
    public async Task A_full_disk_ends_the_download_with_the_systems_words_and_leaves_the_connection_free()
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(_daemon.SessionUri);
        StorageVolume volume = await CreateVolumeAsync(_daemon, hypervisor, 6 * MiB);
        byte[] content = RandomNumberGenerator.GetBytes(6 * MiB);
        await volume.UploadAsync(new MemoryStream(content));
        string file = Path.Combine(Pool, "copy");

        IOException full = await Assert.ThrowsAsync<IOException>(async () => await volume.DownloadToFileAsync(file));

        Assert.Contains("No space left on device", full.Message, StringComparison.Ordinal);
        Assert.Equal(content.AsSpan(0, MiB).ToArray(), (await File.ReadAllBytesAsync(file))[..MiB]);
        File.Delete(file);
        await Eventually.IsTrueAsync(() => !IsOpen());
        Assert.Equal(2 * MiB, await volume.DownloadToFileAsync(file, new TransferOptions { Offset = MiB, Length = 2 * MiB }));
        Assert.Equal(content.AsSpan(MiB, 2 * MiB).ToArray(), await File.ReadAllBytesAsync(file));
    }

    private bool IsOpen() => Directory.GetFiles($"/proc/{_daemon.ProcessId}/fd").Any(
        descriptor => new FileInfo(descriptor).LinkTarget is { } path && path.EndsWith("/pool/disk", StringComparison.Ordinal));
}
