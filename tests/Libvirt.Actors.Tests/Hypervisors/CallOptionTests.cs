namespace Libvirt.Tests.Hypervisors;

public sealed class CallOptionTests
{
    [Fact]
    public void A_time_below_zero_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions(TimeSpan.FromSeconds(-5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(CallOptions) with { Timeout = TimeSpan.MinValue });
        Assert.Equal(Timeout.InfiniteTimeSpan, new CallOptions(Timeout.InfiniteTimeSpan).Timeout);
    }

    [Fact]
    public void What_must_be_there_is_asked_for_where_it_is_set()
    {
        Assert.Throws<ArgumentNullException>(nameof(HypervisorOptions.ReconnectBackoff), () => new HypervisorOptions { ReconnectBackoff = null! });
        Assert.Throws<ArgumentNullException>(nameof(HypervisorOptions.SlowProcedures), () => new HypervisorOptions { SlowProcedures = null! });
    }
}
