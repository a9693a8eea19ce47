using Libvirt.Bench.Measuring;
using Xunit;

namespace Libvirt.Bench.Tests;

/// <summary>Bytes allocated on the managed heap per call, by all threads of the process together.</summary>
public sealed class AllocationTests
{
    private const int Warmup = 4_000;
    private const int Count = 40_000;

    // The dearest of the cases takes 312 bytes, always the same; the rest is room for a future compiler. A debug build makes an object of every
    // asynchronous method's state.
#if DEBUG
    private const int MostBytes = 1000;
#else
    private const int MostBytes = 340;
#endif

    [Theory]
    [InlineData("version", 1)]
    [InlineData("version", 32)]
    [InlineData("info", 1)]
    [InlineData("info", 32)]
    public async Task A_small_call_allocates_no_more_than_its_budget(string mode, int callers)
    {
        Sample sample = await CountedCalls.MakeAsync(mode, callers, Warmup, Count);

        TestContext.Current.TestOutputHelper!.WriteLine($"{mode}, {callers}: {sample.AllocatedBytesEach:0.0} bytes per call");
        Assert.InRange(sample.AllocatedBytesEach, 0, MostBytes);
    }
}
