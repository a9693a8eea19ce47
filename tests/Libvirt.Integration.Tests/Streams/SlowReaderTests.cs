using System.Diagnostics;
using System.Globalization;
using Libvirt.Streams;
using Libvirt.Testing;
using static Libvirt.Integration.Streams.Volumes;

namespace Libvirt.Integration.Streams;

/// <summary>Alone in the process, since it looks at the process's memory.</summary>
[Collection(nameof(SlowReaderTests))]
[CollectionDefinition(nameof(SlowReaderTests), DisableParallelization = true)]
public sealed class SlowReaderTests
{
    private const int Callers = 32;

    [Fact]
    public async Task A_slow_reader_costs_no_more_memory_than_its_buffer()
    {
        // For steady figures: LIBVIRT_ACTORS_SLOW_READER_CALLS=3000.
        int calls = int.Parse(Environment.GetEnvironmentVariable("LIBVIRT_ACTORS_SLOW_READER_CALLS") ?? "50", CultureInfo.InvariantCulture);
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        StorageVolume volume = await CreateVolumeAsync(daemon, hypervisor, 256L * MiB);

        await MedianAsync(hypervisor, calls);
        double alone = await MedianAsync(hypervisor, calls);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await using VolumeDownload download = await volume.OpenDownloadAsync();
        using CancellationTokenSource enough = new();
        Task<long> reading = ReadSlowlyAsync(download, enough.Token);
        double beside = await MedianAsync(hypervisor, calls);
        long during = GC.GetTotalMemory(forceFullCollection: true) - before;
        await enough.CancelAsync();

        long read = await reading;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"median of {Callers} callers: alone {alone:0} us, beside the download {beside:0} us, ratio {beside / alone:0.00}; "
            + $"managed and pooled memory {during / 1024} KiB more; {read / 1024} KiB read");
        // The stream's buffer, what the socket was last read for, and the pools' rounding up.
        Assert.InRange(during, long.MinValue, (2 * hypervisor.Options.StreamBuffer) + (2 * MiB));
    }

    /// <summary>Reads about 1 MiB a second until it is told to stop.</summary>
    private static async Task<long> ReadSlowlyAsync(VolumeDownload download, CancellationToken cancellationToken)
    {
        long read = 0;
        byte[] buffer = new byte[64 * 1024];
        Stream stream = download.AsStream();
        try
        {
            while (true)
            {
                read += await stream.ReadAsync(buffer, cancellationToken);
                await Task.Delay(62, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return read;
        }
    }

    /// <summary>The median time of a small call, in microseconds.</summary>
    private static async Task<double> MedianAsync(Hypervisor hypervisor, int calls)
    {
        double[][] times = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            double[] own = new double[calls];
            for (int i = 0; i < calls; i++)
            {
                long started = Stopwatch.GetTimestamp();
                await hypervisor.GetLibVersionAsync();
                own[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }

            return own;
        })));
        double[] all = [.. times.SelectMany(static own => own).Order()];
        return all[all.Length / 2];
    }
}
