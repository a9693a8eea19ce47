using System.Globalization;
using Libvirt.Bench.Measuring;
using Libvirt.Bench.Peers;
using Libvirt.Bench.Reporting;
using Libvirt.Bench.Running;

namespace Libvirt.Bench.Sections;

/// <summary>One large volume, up and down, from and to memory.</summary>
internal sealed class TransfersSection : ISection
{
    private const string PoolName = "bench";
    private const string VolumeName = "disk";

    public string Name => "transfers";

    public async Task<SectionReport> RunAsync(BenchContext context)
    {
        long size = context.Options.Size;
        await CreateVolumeAsync(context, size);
        ResultTable table = new($"A volume of {size >> 20:#,0} MiB", "direction", "client", "MB/s", "CPU s", "peak RSS MiB", "MB/s to C client", "CPU to C client");
        List<BudgetLine> budget = [];
        // Upwards first: that fills the volume.
        foreach (string direction in (string[])["upload", "download"])
        {
            Contender[] contenders = [context.Contenders.C, context.Contenders.Go, context.Contenders.Own, Contenders.Graphs];
            Dictionary<Contender, List<Sample>> samples = await Rounds.RunAsync(
                context, direction, contenders, [direction, PoolName, VolumeName, size.ToString(CultureInfo.InvariantCulture)]);
            IReadOnlyList<Sample>[] c = [samples[context.Contenders.C]];
            foreach (Contender contender in contenders)
            {
                List<Sample> own = samples[contender];
                table.Add(
                    direction,
                    contender.Name,
                    Figures.Whole(Median.Of(own, s => s.MegabytesPerSecond)),
                    Figures.Short(Median.Of(own, s => s.CpuSeconds)),
                    Figures.Whole(Median.Of(own, s => s.PeakRssBytes / 1048576.0)),
                    Figures.Ratio(Median.OfRatios(own, c, s => s.MegabytesPerSecond, mostIsBest: true)),
                    Figures.Ratio(Median.OfRatios(own, c, s => s.CpuSeconds, mostIsBest: false)));
            }
            List<Sample> ours = samples[context.Contenders.Own];
            budget.Add(BudgetLine.AtLeast(
                $"MB/s of {direction}s, to the C client's", 1, Median.OfRatios(ours, c, s => s.MegabytesPerSecond, mostIsBest: true)));
            budget.Add(BudgetLine.AtMost($"CPU of {direction}s, to the C client's", 1, Median.OfRatios(ours, c, s => s.CpuSeconds, mostIsBest: false)));
        }
        return new SectionReport(
            "Transfers",
            "A raw volume in a pool of the daemon's, in the page cache, from and to memory of the client's. Another transfer of the same size goes ahead unmeasured.",
            [table],
            budget);
    }

    private static async Task CreateVolumeAsync(BenchContext context, long size)
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(context.Daemon.SessionUri);
        string directory = Path.Combine(context.Daemon.DataDirectory, PoolName);
        StoragePool pool = await hypervisor.DefineStoragePoolXmlAsync($"<pool type='dir'><name>{PoolName}</name><target><path>{directory}</path></target></pool>");
        await pool.BuildAsync();
        await pool.CreateAsync();
        await pool.CreateVolumeXmlAsync($"<volume><name>{VolumeName}</name><capacity>{size}</capacity><target><format type='raw'/></target></volume>");
    }
}
