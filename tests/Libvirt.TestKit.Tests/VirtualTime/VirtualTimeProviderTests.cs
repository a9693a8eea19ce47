using Xunit;

namespace Libvirt.TestKit.Tests;

public sealed class VirtualTimeProviderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualTimeProvider _time = new(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero));
    private readonly List<(string Name, TimeSpan At)> _fired = [];

    [Fact]
    public void The_clock_moves_only_when_it_is_advanced()
    {
        long begun = _time.GetTimestamp();
        Assert.Equal(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero), _time.GetUtcNow());

        _time.Advance(90 * Second);

        Assert.Equal(90 * Second, _time.GetElapsedTime(begun));
        Assert.Equal(90 * Second, _time.Elapsed);
        Assert.Equal(new DateTimeOffset(2031, 5, 6, 7, 9, 39, TimeSpan.Zero), _time.GetUtcNow());
        Assert.Equal(_time.GetUtcNow().DateTime, _time.GetLocalNow().DateTime);
    }

    [Fact]
    public void Timers_fire_in_the_order_they_are_due_each_at_its_instant()
    {
        Start("late", 3 * Second);
        Start("early", Second);
        Start("periodic", Second, Second);

        _time.Advance(3.5 * Second);

        Assert.Equal(
            [("early", Second), ("periodic", Second), ("periodic", 2 * Second), ("late", 3 * Second), ("periodic", 3 * Second)],
            _fired);
        Assert.Equal(3.5 * Second, _time.Elapsed);
    }

    [Fact]
    public void A_timer_started_by_a_callback_fires_in_the_same_advance()
    {
        _time.CreateTimer(_ => Start("second", Second), null, Second, Timeout.InfiniteTimeSpan);
        _time.Advance(2 * Second);
        Assert.Equal([("second", 2 * Second)], _fired);
    }

    [Fact]
    public void A_timer_due_at_once_fires_with_the_next_advance()
    {
        Start("now", TimeSpan.Zero);
        Assert.Empty(_fired);
        Assert.Equal(TimeSpan.Zero, _time.UntilNextTimer);

        _time.Advance(TimeSpan.Zero);

        Assert.Equal([("now", TimeSpan.Zero)], _fired);
    }

    [Fact]
    public void A_changed_timer_is_due_at_its_new_time_only()
    {
        ITimer timer = Start("timer", Second);
        Assert.True(timer.Change(3 * Second, Timeout.InfiniteTimeSpan));
        _time.Advance(2 * Second);
        Assert.Empty(_fired);

        Assert.True(timer.Change(5 * Second, 2 * Second));
        _time.Advance(10 * Second);
        Assert.Equal([7 * Second, 9 * Second, 11 * Second], _fired.Select(entry => entry.At));

        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task A_disposed_timer_does_not_fire()
    {
        ITimer timer = Start("timer", Second);
        ITimer other = Start("other", Second);
        timer.Dispose();
        await other.DisposeAsync();

        Assert.False(timer.Change(Second, Second));
        _time.Advance(5 * Second);

        Assert.Empty(_fired);
        Assert.Equal(0, _time.ActiveTimers);
        Assert.Null(_time.UntilNextTimer);
    }

    [Fact]
    public void The_clock_advances_to_the_next_timer_within_a_limit()
    {
        Start("timer", 3 * Second);
        Assert.False(_time.TryAdvanceToNextTimer(2 * Second));
        Assert.Equal(TimeSpan.Zero, _time.Elapsed);

        Assert.True(_time.TryAdvanceToNextTimer(10 * Second));
        Assert.Equal(3 * Second, _time.Elapsed);
        Assert.Equal([("timer", 3 * Second)], _fired);
    }

    [Fact]
    public async Task Delays_and_cancellation_sources_follow_the_clock()
    {
        Task delay = Task.Delay(Second, _time);
        using var source = new CancellationTokenSource(2 * Second, _time);

        _time.Advance(Second);
        await delay;
        Assert.False(source.IsCancellationRequested);

        _time.Advance(Second);
        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void A_callback_runs_with_the_ambient_values_of_the_creator_of_its_timer()
    {
        var ambient = new AsyncLocal<int> { Value = 1 };
        int seen = 0;
        _time.CreateTimer(_ => seen = ambient.Value, null, Second, Timeout.InfiniteTimeSpan);
        ambient.Value = 2;
        _time.Advance(Second);
        Assert.Equal(1, seen);
    }

    [Fact]
    public void Times_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(-Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => Start("x", -2 * Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => Start("x", Second, -2 * Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => Start("x", TimeSpan.FromDays(50)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeProvider.System.CreateTimer(_ => { }, null, TimeSpan.FromDays(50), Timeout.InfiniteTimeSpan));
    }

    private ITimer Start(string name, TimeSpan due, TimeSpan? period = null) =>
        _time.CreateTimer(_ => _fired.Add((name, _time.Elapsed)), null, due, period ?? Timeout.InfiniteTimeSpan);
}
