using System.Diagnostics;
using Libvirt.Kill.Measuring;

namespace Libvirt.Kill.Running;

/// <summary>The whole run: daemons are started, warmed up and measured; then they are killed under load, and everything is measured again.</summary>
internal sealed class KillRun(int kills)
{
    private const int Targets = 3;
    private const int ProgressEvery = 50;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly Random _random = new(kills);
    private readonly RuntimeMeter _meter = new();
    private readonly List<Target> _targets = [];
    private TargetLoad[] _loads = [];

    /// <returns>0 when every promise was kept, else 1.</returns>
    public async Task<int> RunAsync()
    {
        using RuntimeMeter meter = _meter;
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        List<string> broken = [];
        try
        {
            await MeasureAsync(runtime, broken);
        }
        catch (BrokenPromiseException e)
        {
            broken.Add(e.Message);
            KillReport.PrintLoads(_loads, _targets);
        }

        if (broken.Count > 0)
        {
            foreach (string promise in broken)
                Console.Error.WriteLine($"BROKEN: {promise}");
            // A runtime that broke a promise may not end in order either. The daemons end with this process.
            Environment.Exit(1);
        }

        foreach (Target target in _targets)
            await target.DisposeAsync();
        Console.WriteLine("Every promise was kept.");
        return 0;
    }

    private async Task MeasureAsync(LibvirtRuntime runtime, List<string> broken)
    {
        for (int i = 1; i <= Targets; i++)
            _targets.Add(await Target.StartAsync(runtime, $"daemon {i}"));

        // So that code, threads and pools of the process do not count as something that was left behind.
        Console.Error.WriteLine("warming up");
        await LoadAsync(Targets);
        Resources before = Resources.Read(runtime);

        Stopwatch clock = Stopwatch.StartNew();
        await LoadAsync(kills);
        KillReport.PrintDuration(kills, _targets.Count, clock.Elapsed);
        KillReport.PrintLoads(_loads, _targets);
        broken.AddRange(_loads.SelectMany(load => load.BrokenPromises()));

        Resources after = await SettleAsync(runtime, before);
        KillReport.PrintResources(before, after);
        broken.AddRange(after.Beyond(before).Select(what => $"{what}, {Settling.TotalSeconds:0} s after the load has ended"));
    }

    private async Task LoadAsync(int count)
    {
        _loads = await Task.WhenAll(_targets.Select(target => TargetLoad.StartAsync(target, _meter)));
        Patience patience = new(() => _loads.SelectMany(load => load.Hanging));
        for (int i = 0; i < count; i++)
        {
            patience.ThrowIfCallsHang();
            await _loads[i % _loads.Length].KillAsync(patience, LongestPause * _random.NextDouble());
            if ((i + 1) % ProgressEvery == 0)
                Console.Error.WriteLine($"{i + 1} of {count} kills");
        }

        foreach (TargetLoad load in _loads)
            await load.EndAsync(patience);
    }

    // What ends in the background, such as registrations at the daemons and threads that have nothing to do, may take its time.
    private static async Task<Resources> SettleAsync(LibvirtRuntime runtime, Resources before)
    {
        long started = Stopwatch.GetTimestamp();
        Resources after = Resources.Read(runtime);
        while (after.Beyond(before).Any() && Stopwatch.GetElapsedTime(started) < Settling)
        {
            await Task.Delay(LookAgain);
            after = Resources.Read(runtime);
        }
        return after;
    }
}
