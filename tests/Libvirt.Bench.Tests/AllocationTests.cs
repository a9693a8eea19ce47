using Libvirt.Bench.Measuring;
using Xunit;

namespace Libvirt.Bench.Tests;

/// <summary>Bytes allocated on the managed heap per call, by all threads of the process together.</summary>
public sealed class AllocationTests
{
    private const int Warmup = 4_000;
    private const int Count = 40_000;

    // The project's budget. A tiny call takes 80 bytes and one that returns an object 152, always the same. A debug build makes an object of every
    // asynchronous method's state besides, which comes to 200 and 304.
#if DEBUG
    private const int MostBytes = 400;
#else
    private const int MostBytes = 200;
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
