using Xunit;

namespace Libvirt.Bench.Tests;

/// <summary>
/// What a call asks of the kernel. Only system calls that move bytes or wait for them are counted: threads that wait for each other ask the kernel as
/// often as the machine's load has it. The difference of a long run and a short one leaves out start and end.
/// </summary>
public sealed class SystemCallTests
{
    private const int Fewer = 1_000;
    private const int More = 4_000;

    // One caller leaves nothing to batch: each call is one frame, sent at once, or the call waits for a second one.
    private const double MostSends = 1.02;

    // A reply is received, then the socket is found empty, then somebody waits for the next: three. A fourth is room for a wake-up that finds nothing.
    private const double MostReceives = 4;

    [Fact]
    public async Task A_call_of_one_caller_is_sent_by_one_system_call()
    {
        SystemCalls each = await PerCallAsync(callers: 1);

        Assert.InRange(each.Sends, 0.98, MostSends);
        Assert.InRange(each.Receives, 0.98, MostReceives);
    }

    [Fact]
    public async Task Calls_of_many_callers_take_no_more_system_calls_each()
    {
        SystemCalls each = await PerCallAsync(callers: 32);

        Assert.InRange(each.Sends, 0, MostSends);
        Assert.InRange(each.Receives, 0, MostReceives);
    }

    private static async Task<SystemCalls> PerCallAsync(int callers)
    {
        SystemCalls fewer = await SystemCalls.OfAsync("version", callers, Fewer);
        SystemCalls more = await SystemCalls.OfAsync("version", callers, More);
        SystemCalls each = new((more.Sends - fewer.Sends) / (More - Fewer), (more.Receives - fewer.Receives) / (More - Fewer));
        TestContext.Current.TestOutputHelper!.WriteLine($"{callers} callers: {each}");
        return each;
    }
}
