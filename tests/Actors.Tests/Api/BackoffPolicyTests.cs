using Xunit;

namespace Actors.Tests;

public sealed class BackoffPolicyTests
{
    [Fact]
    public void Delays_grow_by_the_factor_up_to_the_longest()
    {
        var policy = new BackoffPolicy { Min = TimeSpan.FromSeconds(1), Max = TimeSpan.FromSeconds(20), Factor = 3, Jitter = 0 };
        Assert.Equal([1, 3, 9, 20, 20], Enumerable.Range(1, 5).Select(attempt => (int)policy.Delay(attempt, 0.5).TotalSeconds));
    }

    [Fact]
    public void Chance_takes_away_the_jitters_share_at_most()
    {
        var policy = new BackoffPolicy { Min = TimeSpan.FromSeconds(10), Jitter = 0.3 };
        Assert.Equal(TimeSpan.FromSeconds(10), policy.Delay(1, 0));
        Assert.Equal(TimeSpan.FromSeconds(8.5), policy.Delay(1, 0.5));
        Assert.Equal(TimeSpan.FromSeconds(7), policy.Delay(1, 1));
    }

    [Fact]
    public void Any_number_of_attempts_stays_within_the_longest_delay()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), new BackoffPolicy { Jitter = 0 }.Delay(int.MaxValue, 0));
        Assert.Equal(TimeSpan.Zero, BackoffPolicy.None.Delay(int.MaxValue, 1));
    }

    [Fact]
    public void Impossible_values_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackoffPolicy { Min = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackoffPolicy { Max = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackoffPolicy { ResetAfter = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackoffPolicy { Factor = 0.9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackoffPolicy { Jitter = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackoffPolicy().Delay(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackoffPolicy().Delay(1, 2));
    }
}
