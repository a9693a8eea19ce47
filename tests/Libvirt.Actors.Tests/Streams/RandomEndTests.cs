using Libvirt.TestKit;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;
using static Libvirt.Tests.Streams.BulkScenario;

namespace Libvirt.Tests.Streams;

public sealed class RandomEndTests
{
    private const int Packets = 24;
    private const int PacketSize = 8192;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Transfers_that_end_at_random_points_leave_nothing_and_the_next_one_works(int seed)
    {
        Random random = new(seed);
        ScriptedHost host = new();
        ConnectedScenario scenario = await ConnectedScenario.StartAsync(host, Options with { MaxBulkConnections = 2 }, keepAlive: false);
        await using (scenario)
        {
            using CancellationTokenSource played = new();
            Task playing = new PlayedVolume(host, Packets, PacketSize).PlayAsync(played.Token);
            for (int round = 0; round < 50; round++)
            {
                using CancellationTokenSource cancellation = new();
                CancelAfter(random.Next(40), cancellation);
                if (random.Next(3) > 0)
                    await DownloadAsync(scenario, random.Next(Packets * PacketSize), random.Next(2) == 0 ? cancellation.Token : default);
                else
                    await UploadAsync(scenario, random.Next(Packets * PacketSize), random.Next(2) == 0 ? cancellation.Token : default);
            }

            Assert.Equal(Packets * PacketSize, await Volume(scenario).DownloadAsync(Stream.Null));
            Assert.InRange(host.Attempts, 2, 3);
            // The runtime's actor, the hypervisor's, its hub's, and one a connection. The last stream's ends when its daemon has played its part.
            int expected = 2 + 1 + host.Attempts;
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
            while (ActorTree.CountLivingActors(scenario.Kit.System) != expected && !patience.IsCancellationRequested)
                await Task.Yield();
            Assert.Equal(expected, ActorTree.CountLivingActors(scenario.Kit.System));
            await played.CancelAsync();
            await playing;
        }
    }

    /// <summary>Reads that much and disposes, unless it is cancelled before: then it ends as every cancelled task.</summary>
    private static async Task DownloadAsync(ConnectedScenario scenario, int bytes, CancellationToken cancellationToken)
    {
        try
        {
            await using VolumeDownload download = await Volume(scenario).OpenDownloadAsync(cancellationToken: cancellationToken);
            long read = 0;
            await foreach (ReadOnlyMemory<byte> piece in download.ReadAllAsync(cancellationToken))
            {
                read += piece.Length;
                if (read > bytes)
                    break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // As documented.
        }
    }

    private static async Task UploadAsync(ConnectedScenario scenario, int bytes, CancellationToken cancellationToken)
    {
        try
        {
            await using VolumeUpload upload = await Volume(scenario).OpenUploadAsync(cancellationToken: cancellationToken);
            for (int written = 0; written < bytes; written += 4096)
                await upload.WriteAsync(new byte[4096], cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // As documented.
        }
    }

    /// <summary>Cancels after that many turns of the thread pool: somewhere in the midst of whatever happens.</summary>
    private static void CancelAfter(int turns, CancellationTokenSource cancellation) => _ = Task.Run(async () =>
    {
        for (int i = 0; i < turns; i++)
            await Task.Yield();
        try
        {
            await cancellation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The transfer was over before.
        }
    });
}
