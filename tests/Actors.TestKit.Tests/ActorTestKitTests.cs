using Microsoft.Extensions.Logging;
using Xunit;

namespace Actors.TestKit.Tests;

public sealed class ActorTestKitTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Settling_waits_for_everything_that_follows_from_a_message()
    {
        await using var kit = new ActorTestKit();
        int handled = 0;
        IActorRef<int> last = kit.Spawn("a0", () => new Relay(null, () => handled++));
        for (int i = 1; i < 100; i++)
        {
            IActorRef<int> next = last;
            last = kit.Spawn($"a{i}", () => new Relay(next, () => Interlocked.Increment(ref handled)));
        }

        last.TryTell(0);
        await kit.SettleAsync();

        Assert.Equal(100, handled);
    }

    [Fact]
    public async Task Actors_that_never_rest_fail_the_settling_within_the_limit()
    {
        // The settling that fails takes all of it; the disposal, which must not fail, has as long.
        await using var kit = new ActorTestKit(new ActorTestKitOptions { RealTimeLimit = 3 * Second });
        TestProbe<string> probe = kit.CreateProbe<string>();
        IActorRef<string> echo = kit.Spawn("echo", () => new Echo(probe.Ref));
        echo.TryTell("busy");

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(kit.SettleAsync);

        Assert.Contains("come to rest", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_sleeps_on_virtual_time_is_at_rest_until_time_passes()
    {
        await using var kit = new ActorTestKit();
        TestProbe<string> probe = kit.CreateProbe<string>();
        IActorRef<string> echo = kit.Spawn("echo", () => new Echo(probe.Ref));
        echo.TryTell("sleep");

        await kit.AdvanceAsync(5 * Second - TimeSpan.FromTicks(1));
        await probe.ExpectNothingAsync();
        await kit.AdvanceAsync(TimeSpan.FromTicks(1));

        await probe.ExpectMessageAsync("slept");
    }

    [Fact]
    public async Task The_end_and_the_life_of_an_actor_can_be_expected()
    {
        // As long as a busy machine may need to find the actors at rest; the expectation that fails takes all of it.
        await using var kit = new ActorTestKit(new ActorTestKitOptions { RealTimeLimit = 5 * Second });
        TestProbe<string> probe = kit.CreateProbe<string>();
        IActorRef<string> echo = kit.Spawn("echo", () => new Echo(probe.Ref));

        await kit.ExpectAliveAsync(echo);
        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.ExpectStoppedAsync(echo));
        Assert.Contains("'/echo' to have stopped", error.Message, StringComparison.Ordinal);

        await kit.System.StopAsync(echo);
        await kit.ExpectStoppedAsync(echo);
        error = await Assert.ThrowsAsync<ExpectationException>(() => kit.ExpectAliveAsync(echo));
        Assert.Contains("'/echo' to be alive", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_record_can_be_expected_before_and_after_it_is_written()
    {
        await using var kit = new ActorTestKit();
        TestProbe<string> probe = kit.CreateProbe<string>();
        IActorRef<string> echo = kit.Spawn("echo", () => new Echo(probe.Ref), new ActorOptions { Supervision = SupervisionPolicy.StopOnFailure });

        Task<LogRecord> expected = kit.Logs.ExpectAsync(LogLevel.Error, condition: record => record.Exception is InvalidDataException);
        echo.TryTell("fail");

        LogRecord record = await expected.WaitAsync(kit.RealTimeLimit);
        Assert.Equal("/echo", record.Properties["Actor"]?.ToString());
        await kit.Logs.ExpectNoErrorsAsync();
    }

    [Fact]
    public async Task An_error_that_nobody_expected_fails_with_the_log()
    {
        await using var kit = new ActorTestKit();
        TestProbe<string> probe = kit.CreateProbe<string>();
        IActorRef<string> echo = kit.Spawn("echo", () => new Echo(probe.Ref), new ActorOptions { Supervision = SupervisionPolicy.StopOnFailure });
        echo.TryTell("fail");

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(kit.Logs.ExpectNoErrorsAsync);

        Assert.Contains("InvalidDataException: as told", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_does_not_come_fails_with_what_did()
    {
        await using var kit = new ActorTestKit(new ActorTestKitOptions { RealTimeLimit = TimeSpan.FromMilliseconds(50) });
        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.Logs.ExpectAsync(LogLevel.Critical, 77));
        Assert.StartsWith("Expected a record at level Critical of event 77, but none came", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was logged.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_carry_their_scopes_and_go_to_the_output()
    {
        var output = new List<string>();
        await using var kit = new ActorTestKit(new ActorTestKitOptions { Output = output.Add });
        ILogger logger = kit.Logs.CreateLogger("category");
        using (logger.BeginScope(new Dictionary<string, object?> { ["Scoped"] = 1 }))
            logger.Log(LogLevel.Information, new EventId(3), "text", null, static (text, _) => text);

        LogRecord record = Assert.Single(kit.Logs.Records);
        Assert.Equal(1, record.Properties["Scoped"]);
        Assert.Equal(["Information category(3): text"], output);
    }

    [Fact]
    public async Task A_timer_left_on_the_clock_fails_the_disposal()
    {
        var kit = new ActorTestKit();
        await using ITimer leak = kit.Time.CreateTimer(_ => { }, null, Second, Timeout.InfiniteTimeSpan);

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.DisposeAsync().AsTask());

        Assert.Contains("no timer to be left after the shutdown, but 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_actor_that_does_not_end_fails_the_disposal_within_the_limit()
    {
        var kit = new ActorTestKit(new ActorTestKitOptions { RealTimeLimit = TimeSpan.FromMilliseconds(500) });
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        IActorRef<int> stuck = kit.Spawn("stuck", () => new Stuck(begun, never.Task));
        stuck.TryTell(1);
        await begun.Task;

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.DisposeAsync().AsTask());

        Assert.Contains("1 actors are left", error.Message, StringComparison.Ordinal);
        never.SetResult();
    }

    [Fact]
    public async Task A_system_that_does_not_track_its_activity_is_refused()
    {
        await using IActorSystem system = ActorSystem.Create();
        Assert.Throws<ArgumentException>(() => new ActorTestKit(new ActorTestKitOptions { CreateSystem = (_, _) => system }));
    }

    private sealed class Relay(IActorRef<int>? next, Action handled) : Actor<int>
    {
        protected override ValueTask OnMessageAsync(int message)
        {
            handled();
            next?.TryTell(message + 1);
            return default;
        }
    }

    private sealed class Stuck(TaskCompletionSource begun, Task never) : Actor<int>
    {
        protected override async ValueTask OnMessageAsync(int message)
        {
            begun.SetResult();
            await never.ConfigureAwait(false);
        }
    }
}
