using Libvirt.Bench.Peers;
using Libvirt.Bench.Reporting;
using Libvirt.Bench.Sections;
using Libvirt.Testing;

namespace Libvirt.Bench.Running;

/// <summary>One run: peers are built, a daemon is started, the sections run one after the other, the report is printed and written.</summary>
internal sealed class Benchmark(BenchOptions options)
{
    public async Task<int> RunAsync()
    {
        Contenders contenders = await Contenders.BuildAsync();
        Machine machine = await Machine.DescribeAsync();
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        Journal journal = Journal.Open(options.Results, $"{machine.Facts["commit"]}, {options.Lengths}");
        if (journal.TakenOver > 0)
            Console.Error.WriteLine($"An interrupted run has left {journal.TakenOver} rounds; going on with the next.");
        BenchContext context = new(options, contenders, daemon, journal);
        List<SectionReport> reports = [];
        foreach (ISection section in AllSections.Make().Where(section => options.Sections.Contains(section.Name)))
        {
            SectionReport report = await section.RunAsync(context);
            Console.Error.WriteLine();
            reports.Add(report);
        }

        RunReport run = new(machine, Machine.Load(), options, journal.TakenOver, reports);
        string text = run.ToMarkdown();
        Console.WriteLine(text);
        if (options.Results is { } directory)
            Console.Error.WriteLine($"Written to {await run.WriteAsync(directory, text)}");
        journal.Delete();
        return 0;
    }
}
