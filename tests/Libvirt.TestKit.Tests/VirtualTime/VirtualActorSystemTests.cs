using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;
using Xunit;

namespace Libvirt.TestKit.Tests;

public sealed class VirtualActorSystemTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_end_and_the_life_of_an_actor_can_be_expected()
    {
        await using var kit = new VirtualActorSystem(new VirtualActorSystemOptions { RealTimeLimit = 2 * Second });
        IActorRef echo = kit.System.ActorOf(Echo.Props, "echo");

        await kit.ExpectAliveAsync(echo);
        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.ExpectStoppedAsync(echo));
        Assert.Contains("'/user/echo' to have stopped", error.Message, StringComparison.Ordinal);

        kit.System.Stop(echo);
        await kit.ExpectStoppedAsync(echo);
        error = await Assert.ThrowsAsync<ExpectationException>(() => kit.ExpectAliveAsync(echo));
        Assert.Contains("'/user/echo' to be alive", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timer_left_on_the_clock_fails_the_disposal_and_is_named()
    {
        var kit = new VirtualActorSystem(new VirtualActorSystemOptions { RealTimeLimit = Second });
        await using ITimer leak = kit.Time.CreateTimer(_ => { }, "state", Second, Timeout.InfiniteTimeSpan);
        TestProbe probe = kit.CreateProbe("target");
        kit.System.Scheduler.ScheduleTellRepeatedly(Second, 2 * Second, probe.Ref, "leak", ActorRefs.NoSender);

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.DisposeAsync().AsTask());

        Assert.StartsWith("Expected no timer to be left after the termination, but 2 are:", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(VirtualActorSystemTests), error.Message, StringComparison.Ordinal);
        Assert.Contains("message leak to [akka://test/system/target", error.Message, StringComparison.Ordinal);
        Assert.Contains("due in 00:00:01, every 00:00:02", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_actor_that_does_not_stop_fails_the_disposal_and_is_named()
    {
        using var release = new ManualResetEventSlim();
        var kit = new VirtualActorSystem(new VirtualActorSystemOptions { RealTimeLimit = TimeSpan.FromMilliseconds(500) });
        IActorRef stuck = kit.System.ActorOf(Echo.Props, "stuck");
        stuck.Tell(release);
        while (ActorTree.Below(kit.System)[0].QueuedMessages > 0)
            await Task.Delay(1, TestContext.Current.CancellationToken);

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.DisposeAsync().AsTask());
        release.Set();
        await kit.System.WhenTerminated.WaitAsync(30 * Second, TestContext.Current.CancellationToken);

        Assert.Contains("/user/stuck (Echo, 0 messages, running)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actors_that_the_test_has_not_stopped_fail_the_disposal_on_demand()
    {
        var kit = new VirtualActorSystem(new VirtualActorSystemOptions { ExpectActorsStopped = true });
        kit.CreateProbe();
        kit.System.ActorOf(Echo.Props, "left");
        kit.System.Stop(kit.System.ActorOf(Echo.Props, "stopped"));

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.DisposeAsync().AsTask());

        Assert.Contains("but 1 were alive", error.Message, StringComparison.Ordinal);
        Assert.Contains("/user/left (Echo, 0 messages)", error.Message, StringComparison.Ordinal);
        Assert.True(kit.System.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Disposal_stops_actors_and_leaves_no_timers_of_Akka()
    {
        var kit = new VirtualActorSystem();
        kit.System.ActorOf(Echo.Props);
        CoordinatedShutdown.Get(kit.System).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "task", () => Task.FromResult(Akka.Done.Instance));

        await kit.DisposeAsync();

        Assert.True(kit.System.WhenTerminated.IsCompletedSuccessfully);
        Assert.Equal(0, kit.Time.ActiveTimers);
    }

    [Fact]
    public async Task Two_systems_in_parallel_do_not_share_time_or_logs()
    {
        await using var first = new VirtualActorSystem();
        await using var second = new VirtualActorSystem();

        await Task.WhenAll(RunAsync(first, 1), RunAsync(second, 2));

        static async Task RunAsync(VirtualActorSystem kit, int seconds)
        {
            TestProbe probe = kit.CreateProbe();
            IActorRef echo = kit.System.ActorOf(Echo.Props);
            for (int i = 0; i < 100; i++)
            {
                kit.System.Scheduler.ScheduleTellOnce(seconds * Second, echo, $"{seconds}", probe.Ref);
                await kit.AdvanceAsync(seconds * Second);
                Assert.Equal($"{seconds}", probe.ExpectMsg<string>(TimeSpan.Zero));
                Assert.Equal((i + 1) * seconds * Second, kit.Time.Elapsed);
            }

            Assert.All(kit.Logs.Records, record => Assert.Equal($"{seconds}", record.Message));
            Assert.Equal(100, kit.Logs.Records.Count);
        }
    }

    [Fact]
    public async Task A_failed_expectation_of_a_probe_states_what_was_expected()
    {
        await using var kit = new VirtualActorSystem(new VirtualActorSystemOptions { RealTimeLimit = TimeSpan.FromMilliseconds(100) });
        TestProbe probe = kit.CreateProbe();

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(async () => await probe.ExpectMsgAsync<int>());
        Assert.Contains("Int32", error.Message, StringComparison.Ordinal);
        probe.Ref.Tell("{0}");
        error = await Assert.ThrowsAsync<ExpectationException>(async () => await probe.ExpectMsgAsync<int>());
        Assert.Contains("{0}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_passes_until_a_condition_is_met_or_a_task_has_completed()
    {
        await using var kit = new VirtualActorSystem();

        Assert.Equal(3, await kit.CompleteAsync(DelayAsync(3)));
        Assert.Equal(3 * Second, kit.Time.Elapsed);
        Task<int> late = DelayAsync(5);
        await kit.UntilAsync(() => kit.Time.Elapsed == 8 * Second);
        Assert.Equal(5, await late);

        late = DelayAsync(5);
        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.UntilAsync(() => late.IsCompleted, 4 * Second));
        Assert.Equal("Expected within 00:00:04 of virtual time: () => late.IsCompleted.", error.Message);
        await kit.CompleteAsync((Task)late);

        async Task<int> DelayAsync(int seconds)
        {
            await Task.Delay(seconds * Second, kit.Time);
            return seconds;
        }
    }

    [Fact]
    public async Task A_probe_does_not_change_the_context_of_the_test()
    {
        await using var kit = new VirtualActorSystem();
        SynchronizationContext? before = SynchronizationContext.Current;
        kit.CreateProbe();
        Assert.Same(before, SynchronizationContext.Current);
    }

    [Fact]
    public async Task The_start_and_the_configuration_of_the_options_are_used()
    {
        var start = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        await using var kit = new VirtualActorSystem(new VirtualActorSystemOptions
        {
            Name = "named",
            Start = start,
            Config = ConfigurationFactory.ParseString("akka.loglevel = WARNING, some.key = 7"),
        });

        Assert.Equal("named", kit.System.Name);
        Assert.Equal(start, kit.System.Scheduler.Now);
        Assert.Equal(7, kit.System.Settings.Config.GetInt("some.key"));
        kit.System.Log.Info("dropped");
        kit.System.Log.Warning("kept");
        Assert.Equal(["kept"], kit.Logs.Records.Select(record => record.Message));
    }

    [Fact]
    public async Task A_system_without_virtual_time_is_rejected()
    {
        using ActorSystem system = ActorSystem.Create("real", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => VirtualTime.Of(system));
        Assert.Contains("VirtualTime.Config", error.Message, StringComparison.Ordinal);
        await system.Terminate();
    }
}
