using System.Diagnostics.Metrics;
using Libvirt.Bench.Scripting;
using Libvirt.Diagnostics;
using Libvirt.Protocol.Remote;
using Xunit;

namespace Libvirt.Bench.Tests;

/// <summary>
/// What telemetry costs a call while nobody listens. Time is noise here; bytes are not. Of time, <c>TelemetryBenchmarks</c> tells: a few nanoseconds.
/// </summary>
public sealed class TelemetryTests
{
    private const int Warmup = 100;
    private const int Count = 1000;
    private const int Rounds = 5;

    private readonly CallsAnsweredAtOnce _calls = new();

    [Fact]
    public void A_call_that_nobody_observes_allocates_what_one_does_that_nobody_could_observe()
    {
        // In turn, and more than once, since the runtime compiles better code meanwhile, for the one and for the other.
        (long Direct, long Observed)[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => (Allocated(_calls.Direct), Allocated(_calls.Observed)))];
        long direct = rounds.Max(static round => round.Direct);
        Assert.InRange(direct / Count, 1, 1000);
        Assert.InRange(rounds.Min(static round => round.Observed), 0, direct);

        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == LibvirtTelemetry.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        listener.Start();
        Assert.True(Allocated(_calls.Observed) > 2 * direct, "Somebody listens, and it costs nothing: what was compared is not the way of calls.");
    }

    private static long Allocated(Func<ValueTask<ConnectGetMaxVcpusRet>> call)
    {
        Make(call, Warmup);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Make(call, Count);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Make(Func<ValueTask<ConnectGetMaxVcpusRet>> call, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ValueTask<ConnectGetMaxVcpusRet> answered = call();
            Assert.Equal(16, answered.IsCompleted ? answered.Result.MaxVcpus : -1);
        }
    }
}
