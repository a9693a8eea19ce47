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

    // A thread that blocks in the kernel receives each reply by one system call. On a machine that crawls the connection may count as idle, and is read
    // as idle ones are: the reply is received, the socket is found empty, somebody waits for the next. Three, and one more for a wake-up in vain.
    private const double MostReceives = 4;

    // Whatever waits goes out by one write, and replies gather before they are received: some 0.16 writes and 0.03 receives each. Where the daemon cannot
    // keep up, four calls are on the wire at a time: a quarter each, and as much again for writes that come too early.
    private const double MostSendsOfMany = 0.5;
    private const double MostReceivesOfMany = 1.5;

    [Fact]
    public async Task A_call_of_one_caller_is_sent_by_one_system_call()
    {
        SystemCalls each = await PerCallAsync(callers: 1);

        Assert.InRange(each.Sends, 0.98, MostSends);
        Assert.InRange(each.Receives, 0.9, MostReceives);
    }

    [Fact]
    public async Task Calls_of_many_callers_share_their_system_calls()
    {
        SystemCalls each = await PerCallAsync(callers: 32);

        Assert.InRange(each.Sends, 0, MostSendsOfMany);
        Assert.InRange(each.Receives, 0, MostReceivesOfMany);
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
