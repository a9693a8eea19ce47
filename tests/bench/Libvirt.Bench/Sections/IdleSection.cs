using System.Diagnostics;
using Libvirt.Bench.Measuring;
using Libvirt.Bench.Peers;
using Libvirt.Bench.Reporting;
using Libvirt.Bench.Running;
using Libvirt.Testing;

namespace Libvirt.Bench.Sections;

/// <summary>What a connection costs that nobody uses.</summary>
internal sealed class IdleSection : ISection
{
    public string Name => "idle";

    public async Task<SectionReport> RunAsync(BenchContext context)
    {
        int count = context.Options.Connections;
        context.Say($"idle: {count} connections");
        string socket = Scratch.NewPath("simulator");
        using Process simulator = StartSimulator(socket);
        Sample sample;
        try
        {
            if (await simulator.StandardOutput.ReadLineAsync() is null)
                throw new InvalidOperationException("The simulator did not start.");
            sample = await Contenders.Self.RunAsync(socket, "idle", Figures.Word(count));
        }
        finally
        {
            simulator.StandardInput.Close();
            await simulator.WaitForExitAsync();
        }

        double resident = (double)sample.ResidentBytes!.Value / count / 1024;
        ResultTable table = new($"{count:#,0} hypervisors in one runtime", "what", "KiB each");
        table.Add("resident memory", Figures.Short(resident));
        table.Add("live on the managed heap", Figures.Short((double)sample.HeapBytes!.Value / count / 1024));
        table.Add("allocated while connecting", Figures.Short(sample.AllocatedBytesEach / 1024));
        return new SectionReport(
            "Idle connections",
            $"Connections to the simulator in another process, keepalive on, measured after they were left alone for longer than keepalive's interval and after a full collection. They were made {Work.IdleWork.AtOnce} at a time in {Figures.Short(sample.Seconds)} s, with {Figures.Short(sample.CpuSeconds)} s of CPU. The kernel's own memory for the sockets is not in these figures.",
            [table],
            [BudgetLine.AtMost($"KB of resident memory per idle connection, {count:#,0} of them", 40, resident * 1.024)]);
    }

    private static Process StartSimulator(string socket)
    {
        ProcessStartInfo info = new(Contenders.Self.Program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string word in (string[])[.. Contenders.Self.Prefix, socket, "simulator"])
            info.ArgumentList.Add(word);
        return Process.Start(info) ?? throw new InvalidOperationException("The simulator did not start.");
    }
}
