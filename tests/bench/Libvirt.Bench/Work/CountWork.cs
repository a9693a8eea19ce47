using Libvirt.Bench.Measuring;

namespace Libvirt.Bench.Work;

/// <summary>So many calls and no more, for those who count what a call costs instead of how long it takes.</summary>
internal static class CountWork
{
    /// <param name="socket">Where the daemon listens.</param>
    /// <param name="mode">Which call.</param>
    /// <param name="callers">How many callers share the calls.</param>
    /// <param name="warmup">How many calls are made before.</param>
    /// <param name="count">How many calls are counted.</param>
    public static async Task<Sample> RunAsync(string socket, string mode, int callers, int warmup, int count)
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync($"test+unix:///default?socket={socket}");
        Domain domain = await hypervisor.LookupDomainByNameAsync("test");
        Func<int, Task> make = mode switch
        {
            "version" => calls => MakeAsync(() => hypervisor.GetLibVersionAsync(), callers, calls),
            "info" => calls => MakeAsync(() => domain.GetInfoAsync(), callers, calls),
            _ => throw new ArgumentException($"no such call: {mode}", nameof(mode)),
        };
        await make(warmup);
        Meter meter = new();
        await make(count);
        return meter.Read() with { Count = count };
    }

    private static Task MakeAsync<T>(Func<ValueTask<T>> call, int callers, int count) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (int left = count / callers; left > 0; left--)
                await call();
        })));
}
