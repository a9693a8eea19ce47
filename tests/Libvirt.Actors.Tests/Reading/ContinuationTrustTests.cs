using Actors.TestKit;
using Libvirt.Connection;

namespace Libvirt.Tests.Reading;

public sealed class ContinuationTrustTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public void Callers_that_are_quick_stay_trusted()
    {
        ContinuationTrust trust = new(_time);

        for (int i = 0; i < 10_000; i++)
            trust.Account(ContinuationTrust.CallerAllowance, ContinuationTrust.CallerAllowance);

        Assert.True(trust.IsGiven());
    }

    [Fact]
    public void Callers_that_compute_for_long_are_sent_away()
    {
        ContinuationTrust trust = new(_time);

        for (int i = 0; i < 1_000; i++)
            trust.Account(ContinuationTrust.CallerAllowance * 1.5, ContinuationTrust.CallerAllowance);

        Assert.False(trust.IsGiven());
    }

    [Fact]
    public void A_caller_that_blocks_now_and_then_is_forgiven()
    {
        ContinuationTrust trust = new(_time);

        for (int stall = 0; stall < 100; stall++)
        {
            trust.Stalled();
            trust.Account(TimeSpan.Zero, ContinuationTrust.CallerAllowance * 1_000);
        }

        Assert.True(trust.IsGiven());
    }

    [Fact]
    public void Callers_that_block_each_time_are_sent_away()
    {
        ContinuationTrust trust = new(_time);

        StallUntilSentAway(trust);

        Assert.False(trust.IsGiven());
    }

    [Fact]
    public void Each_further_chance_comes_later_until_callers_have_been_quick_for_long()
    {
        ContinuationTrust trust = new(_time);
        StallUntilSentAway(trust);

        Assert.Equal(ContinuationTrust.FirstPause, Pause(trust));
        StallUntilSentAway(trust);
        Assert.Equal(2 * ContinuationTrust.FirstPause, Pause(trust));
        StallUntilSentAway(trust);
        Assert.Equal(4 * ContinuationTrust.FirstPause, Pause(trust));

        trust.Account(TimeSpan.Zero, ContinuationTrust.CallerAllowance * 1_000_000);
        StallUntilSentAway(trust);
        Assert.Equal(ContinuationTrust.FirstPause, Pause(trust));
    }

    [Fact]
    public void A_chance_never_takes_longer_than_a_minute_to_come()
    {
        ContinuationTrust trust = new(_time);
        for (int i = 0; i < 20; i++)
        {
            StallUntilSentAway(trust);
            Assert.InRange(Pause(trust), ContinuationTrust.FirstPause, ContinuationTrust.LongestPause);
        }
    }

    private static void StallUntilSentAway(ContinuationTrust trust)
    {
        for (int i = 0; i < ContinuationTrust.Credit / ContinuationTrust.HeaviestStep; i++)
            trust.Stalled();
    }

    private TimeSpan Pause(ContinuationTrust trust)
    {
        TimeSpan start = _time.Elapsed;
        while (!trust.IsGiven())
            _time.Advance(ContinuationTrust.FirstPause / 4);
        return _time.Elapsed - start;
    }
}
