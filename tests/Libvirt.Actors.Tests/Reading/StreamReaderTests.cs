using System.IO.Pipelines;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;

namespace Libvirt.Tests.Reading;

/// <summary>Readers of streams on the thread that reads their connection.</summary>
public sealed class StreamReaderTests
{
    private const long Size = (long)SocketDaemon.Packets * SocketDaemon.PacketSize;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task They_go_on_there_and_get_everything()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();

        int inline = 0;
        Assert.True(await scenario.TryUntilAsync(async () =>
        {
            long came = await Task.Run(() => ReadAsync(scenario, () => inline++)).WaitAsync(Limit);
            Assert.Equal(Size, came);
            return inline > 0;
        }));
    }

    [Fact]
    public async Task One_that_gives_up_there_and_blocks_until_the_daemon_knows_gets_there()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();

        Assert.True(await scenario.TryUntilAsync(() => Task.Run(() => GiveUpAsync(scenario)).WaitAsync(Limit)));
    }

    [Fact]
    public async Task One_that_blocks_there_until_a_call_is_answered_gets_everything()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();

        int blocked = 0;
        Assert.True(await scenario.TryUntilAsync(async () =>
        {
            long came = await Task.Run(() => ReadAsync(scenario, () =>
            {
                if (blocked++ == 0)
                    scenario.BlockOnCall();
            })).WaitAsync(Limit);
            Assert.Equal(Size, came);
            return blocked > 0;
        }));
    }

    private static StorageVolume Volume(BusyScenario scenario) => new(scenario.Hypervisor, new RemoteStorageVol("pool", "disk", "/pool/disk"));

    /// <summary>Downloads all, and calls back for each piece that was got on a reader's thread; how much came.</summary>
    private static async Task<long> ReadAsync(BusyScenario scenario, Action onReaderThread)
    {
        long came = 0;
        await using VolumeDownload download = await Volume(scenario).OpenDownloadAsync().ConfigureAwait(false);
        await foreach (ReadOnlyMemory<byte> piece in download.ReadAllAsync().ConfigureAwait(false))
        {
            came += piece.Length;
            if (BusyScenario.IsOnReaderThread)
                onReaderThread();
        }

        return came;
    }

    /// <summary>Downloads until something is got on a reader's thread, and ends the download there; whether that came.</summary>
    private static async Task<bool> GiveUpAsync(BusyScenario scenario)
    {
        await using VolumeDownload download = await Volume(scenario).OpenDownloadAsync().ConfigureAwait(false);
        while (true)
        {
            ReadResult result = await download.Reader.ReadAsync().ConfigureAwait(false);
            download.Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return false;
            if (!BusyScenario.IsOnReaderThread)
                continue;
            Assert.True(download.DisposeAsync().AsTask().Wait(Limit));
            return true;
        }
    }
}
