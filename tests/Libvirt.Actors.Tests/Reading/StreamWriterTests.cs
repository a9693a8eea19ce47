using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Testing;

namespace Libvirt.Tests.Reading;

/// <summary>Writers of streams whose socket does not take their packets at once.</summary>
public sealed class StreamWriterTests
{
    private const int PacketSize = 262120;
    private const int Packets = 32;
    private const int MoreThanTheSocketHolds = 16 * PacketSize;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Without_threads_everything_arrives()
    {
        await using BusyScenario none = await BusyScenario.StartAsync(maxThreads: 0);

        await ArrivesAsync(none, static () => Assert.Fail("There is no such thread."));
    }

    [Fact]
    public async Task A_daemon_that_does_not_read_gets_everything_later()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        byte[] data = new byte[MoreThanTheSocketHolds];
        Random.Shared.NextBytes(data);
        await using VolumeUpload upload = await Volume(scenario).OpenUploadAsync();
        scenario.Daemon.StopReading();

        Task writing = Task.Run(() => upload.WriteAsync(data).AsTask());
        Assert.False(writing.IsCompleted);

        scenario.Daemon.GoOnReading();
        await writing.WaitAsync(Limit);
        await upload.CompleteAsync();
        Assert.Equal(data, scenario.Daemon.Uploaded);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_a_pending_write()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        await using VolumeUpload upload = await Volume(scenario).OpenUploadAsync();
        scenario.Daemon.StopReading();
        Task writing = Task.Run(() => upload.WriteAsync(new byte[MoreThanTheSocketHolds]).AsTask());

        scenario.Daemon.Drop();

        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => writing.WaitAsync(Limit));
        await scenario.ThreadsAreFreeAsync();
    }

    [Fact]
    public async Task Closing_the_hypervisor_ends_a_pending_write()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync(HypervisorOptions.Default with { CloseTimeout = TimeSpan.FromMilliseconds(1) });
        await using VolumeUpload upload = await Volume(scenario).OpenUploadAsync();
        scenario.Daemon.StopReading();
        Task writing = Task.Run(() => upload.WriteAsync(new byte[MoreThanTheSocketHolds]).AsTask());

        Task closing = scenario.Hypervisor.DisposeAsync().AsTask();
        await Eventually.IsTrueAsync(() =>
        {
            scenario.Pass(TimeSpan.FromSeconds(1));
            return writing.IsCompleted;
        });

        await Assert.ThrowsAnyAsync<Exception>(() => writing);
        await closing.WaitAsync(Limit);
        await scenario.ThreadsAreFreeAsync();
    }

    private static StorageVolume Volume(BusyScenario scenario) => new(scenario.Hypervisor, new RemoteStorageVol("pool", "disk", "/pool/disk"));

    /// <summary>Uploads packets, calls back after each whose writer went on on a thread of ours, and sees to it that the daemon has got them.</summary>
    private static Task ArrivesAsync(BusyScenario scenario, Action onThread) => Task.Run(async () =>
    {
        int before = scenario.Daemon.Uploaded.Length;
        byte[] data = new byte[Packets * PacketSize];
        Random.Shared.NextBytes(data);
        await using VolumeUpload upload = await Volume(scenario).OpenUploadAsync().ConfigureAwait(false);
        for (int i = 0; i < Packets; i++)
        {
            await upload.WriteAsync(data.AsMemory(i * PacketSize, PacketSize)).ConfigureAwait(false);
            if (BusyScenario.IsOnReaderThread)
                onThread();
        }

        await upload.CompleteAsync().ConfigureAwait(false);
        Assert.Equal(data, scenario.Daemon.Uploaded[before..]);
    }).WaitAsync(Limit);
}
