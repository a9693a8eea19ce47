using Xunit;

namespace Libvirt.Testing.Tests;

public sealed class EventuallyTests
{
    [Fact]
    public async Task A_condition_that_becomes_true_is_awaited()
    {
        int looks = 0;

        await Eventually.IsTrueAsync(() => ++looks == 3, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(3, looks);
    }

    [Fact]
    public async Task A_condition_that_stays_false_fails_with_its_own_text_and_the_surroundings()
    {
        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() =>
            Eventually.IsTrueAsync(() => Environment.ProcessId == 0, TimeSpan.Zero, () => "what the log said", TestContext.Current.CancellationToken));

        Assert.Contains("Environment.ProcessId == 0", failure.Message);
        Assert.Contains("what the log said", failure.Message);
    }

    [Fact]
    public async Task An_exception_counts_as_not_yet_and_is_the_failures_cause()
    {
        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() =>
            Eventually.GetAsync<int>(() => throw new IOException("no such socket"), _ => true, TimeSpan.Zero, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("no such socket", failure.Message);
        Assert.IsType<IOException>(failure.InnerException);
    }
}
