using Libvirt.Connection;

namespace Libvirt.Tests.Reading;

public sealed class ReplyGatheringTests
{
    private const int Calls = 32;

    private readonly ReplyGathering _gathering = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ReplyGathering.Fewest - 1)]
    public void There_is_no_rest_with_few_calls_at_the_daemon(int calls)
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(TimeSpan.Zero, _gathering.Rest(calls));
            _gathering.Received(0);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(26)]
    [InlineData(40)]
    public void The_thread_is_back_before_the_daemon_has_run_out_of_calls(double microsecondsPerCall)
    {
        int[] left = [.. Enumerable.Range(0, 1_000).Select(_ => LeftAfterRest(microsecondsPerCall))];

        Assert.InRange(left[500..].Min(), ReplyGathering.Reserve - 2, ReplyGathering.Reserve + 6);
        Assert.InRange(left[500..].Max(), ReplyGathering.Reserve, ReplyGathering.Reserve + 8);
    }

    [Fact]
    public void It_learns_anew_when_the_daemon_gets_faster()
    {
        for (int i = 0; i < 200; i++)
            LeftAfterRest(100);

        for (int i = 0; i < 20; i++)
            LeftAfterRest(10);

        Assert.InRange(LeftAfterRest(10), 1, Calls);
    }

    [Fact]
    public void A_daemon_that_answers_less_than_two_calls_in_the_time_is_not_kept_waiting_for()
    {
        for (int i = 0; i < 200; i++)
            LeftAfterRest(26);

        for (int i = 0; i < 100; i++)
            LeftAfterRest(5_000);

        Assert.Equal(ReplyGathering.Shortest, _gathering.Rest(Calls));
    }

    /// <summary>One rest with a daemon that takes so long for a call; the receive behind it waits for one reply at least.</summary>
    private int LeftAfterRest(double microsecondsPerCall)
    {
        TimeSpan rest = _gathering.Rest(Calls);
        Assert.InRange(rest, ReplyGathering.Shortest, ReplyGathering.Longest);
        int answered = Math.Clamp((int)(rest.TotalMicroseconds / microsecondsPerCall), 1, Calls);
        _gathering.Received(Calls - answered);
        return Calls - answered;
    }
}
