using Libvirt.Bench.Measuring;

namespace Libvirt.Bench.Work;

/// <summary>The process that is measured. It takes the same words as the peers' programs and, as they do, prints one line of JSON.</summary>
internal static class Worker
{
    /// <param name="args">A socket, what to do there, and how.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [var simulated, "simulator"])
            return await SimulatorWork.RunAsync(simulated);
        Task<Sample> work = args switch
        {
            ["actors", var socket, "calls", var mode, var callers, var warmup, var seconds] =>
                ActorCallWork.RunAsync(socket, mode, int.Parse(callers), Seconds(warmup), Seconds(seconds)),
            [var socket, "calls", var mode, var callers, var warmup, var seconds] =>
                CallWork.RunAsync(socket, mode, int.Parse(callers), Seconds(warmup), Seconds(seconds)),
            [var socket, "download" or "upload", var pool, var volume, var bytes] =>
                TransferWork.RunAsync(socket, args[1] == "download", pool, volume, long.Parse(bytes)),
            ["graph", var socket, "download" or "upload", var pool, var volume, var bytes] =>
                GraphTransferWork.RunAsync(socket, args[2] == "download", pool, volume, long.Parse(bytes)),
            [var members, "fleet", var mode, var warmup, var seconds] => FleetWork.RunAsync(members, mode, Seconds(warmup), Seconds(seconds)),
            [var socket, "events", var kind, var subscribers, var warmup, var seconds] =>
                EventWork.RunAsync(socket, kind, int.Parse(subscribers), Seconds(warmup), Seconds(seconds)),
            [var socket, "count", var mode, var callers, var warmup, var count] =>
                CountWork.RunAsync(socket, mode, int.Parse(callers), int.Parse(warmup), int.Parse(count)),
            [var socket, "idle", var connections] => IdleWork.RunAsync(socket, int.Parse(connections)),
            _ => throw new ArgumentException($"no such work: {string.Join(' ', args)}"),
        };
        Console.WriteLine((await work).ToLine());
        return 0;
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text));
}
