using System.Diagnostics;
using Libvirt.Bench.Measuring;
using Libvirt.Bench.Reporting;
using Libvirt.Bench.Running;
using Libvirt.Testing;

namespace Libvirt.Bench.Sections;

/// <summary>A whole command, from nothing to its exit: <c>list</c> of virsh and of virtactl, in turn.</summary>
internal sealed class StartupSection : ISection
{
    private const int RunsPerRound = 10;

    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(30);

    public string Name => "startup";

    public async Task<SectionReport> RunAsync(BenchContext context)
    {
        context.Say("startup: building virtactl");
        string standalone = Scratch.NewDirectory("standalone");
        string dependent = Scratch.NewDirectory("dependent");
        (await Command.RunAsync(RepositoryRoot.Combine("eng", "publish-virtactl.sh"), [standalone], limit: BuildLimit)).EnsureSuccess();
        string project = RepositoryRoot.Combine("src", "Libvirt.Cli");
        (await Command.RunAsync("dotnet", ["publish", project, "-r", "linux-x64", "-c", "Release", "-o", dependent, "-v", "quiet"], limit: BuildLimit)).EnsureSuccess();

        (string Name, string Program)[] programs =
        [
            ("virsh", "virsh"),
            ("virtactl, by eng/publish-virtactl.sh", Path.Combine(standalone, "virtactl")),
            ("virtactl, published for the installed runtime", Path.Combine(dependent, "virtactl")),
        ];
        // Libvirt drops a driver's state with its last connection; a connection that stays keeps making it anew out of the figures.
        await using Hypervisor held = await Hypervisor.ConnectAsync(context.Daemon.TestUri);
        List<Sample>[] samples = [.. programs.Select(_ => new List<Sample>())];
        for (int run = 0; run <= context.Options.Rounds * RunsPerRound; run++)
        {
            for (int i = 0; i < programs.Length; i++)
            {
                context.Say($"startup: run {run}, {programs[i].Name}");
                Sample sample = Run(programs[i].Program, "-c", context.Daemon.TestUri, "list");
                // The first run of each reads its files from the disk.
                if (run > 0)
                    samples[i].Add(sample);
            }
        }

        ResultTable table = new("list, one domain", "program", "ms", "CPU ms", "to virsh", "CPU to virsh");
        for (int i = 0; i < programs.Length; i++)
        {
            table.Add(
                programs[i].Name,
                Figures.Short(Median.Of(samples[i], s => s.Seconds * 1000)),
                Figures.Short(Median.Of(samples[i], s => s.CpuSeconds * 1000)),
                Figures.Ratio(Median.OfRatios(samples[i], [samples[0]], s => s.Seconds, mostIsBest: false)),
                Figures.Ratio(Median.OfRatios(samples[i], [samples[0]], s => s.CpuSeconds, mostIsBest: false)));
        }
        return new SectionReport(
            "Start-up",
            $"Each program in turn, {context.Options.Rounds * RunsPerRound} times, from its start to its end, with its files in the page cache.",
            [table],
            [BudgetLine.AtMost("time of a whole virtactl list, to virsh's", 4, Median.OfRatios(samples[1], [samples[0]], s => s.Seconds, mostIsBest: false))]);
    }

    private static Sample Run(string program, params string[] arguments)
    {
        ProcessStartInfo info = new(program) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        foreach ((string name, string? value) in Virsh.ClientEnvironment)
            info.Environment[name] = value;
        TimeSpan cpu = ChildrenUsage.Cpu;
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Sample sample = new() { Count = 1, Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds, CpuSeconds = (ChildrenUsage.Cpu - cpu).TotalSeconds };
        if (process.ExitCode != 0 || !output.Contains("running", StringComparison.Ordinal))
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
        return sample;
    }
}
