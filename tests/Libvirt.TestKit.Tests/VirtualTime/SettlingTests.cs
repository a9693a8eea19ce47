using System.Diagnostics;
using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace Libvirt.TestKit.Tests;

public sealed class SettlingTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualActorSystem _kit = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _kit.DisposeAsync();

    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("akka.actor.internal-dispatcher")]
    [InlineData("libvirt.inline-dispatcher")]
    public async Task Settling_waits_for_everything_that_follows_from_a_message(string dispatcher)
    {
        int handled = 0;
        IActorRef last = ActorRefs.Nobody;
        for (int i = 0; i < 100; i++)
        {
            IActorRef next = last;
            last = _kit.System.ActorOf(Props.Create(() => new Relay(next, () => Interlocked.Increment(ref handled))).WithDispatcher(dispatcher));
        }

        for (int round = 1; round <= 20; round++)
        {
            last.Tell(0);
            await _kit.SettleAsync();
            Assert.Equal(100 * round, handled);
        }
    }

    [Fact]
    public async Task Settling_waits_for_continuations_outside_of_the_actors()
    {
        TestProbe probe = _kit.CreateProbe();
        for (int round = 0; round < 50; round++)
        {
            _ = ContinueAsync(round);
            await _kit.SettleAsync();
            probe.ExpectMsg(round, TimeSpan.Zero);
        }

        async Task ContinueAsync(int round)
        {
            for (int hop = 0; hop < 30; hop++)
                await Task.Yield();
            probe.Ref.Tell(round);
        }
    }

    [Fact]
    public async Task Advancing_shows_every_instant_to_actors_and_asynchronous_code()
    {
        var times = new List<TimeSpan>();
        TestProbe probe = _kit.CreateProbe();
        IActorRef clock = _kit.System.ActorOf(Props.Create(() => new Ticker(_kit.Time, probe.Ref)));
        Task counting = CountAsync();

        await _kit.AdvanceAsync(10 * Second);

        Assert.Equal(Enumerable.Range(1, 10).Select(second => second * Second), times);
        for (int second = 1; second <= 10; second++)
            probe.ExpectMsg(second * Second, TimeSpan.Zero);
        Assert.False(probe.HasMessages);
        await counting;
        await clock.GracefulStop(_kit.RealTimeLimit);

        async Task CountAsync()
        {
            for (int i = 0; i < 10; i++)
            {
                await Task.Delay(Second, _kit.Time, TestContext.Current.CancellationToken);
                times.Add(_kit.Time.Elapsed);
            }
        }
    }

    [Fact]
    public async Task A_handler_that_awaits_virtual_time_is_at_rest_until_time_passes()
    {
        TestProbe probe = _kit.CreateProbe();
        IActorRef sleeper = _kit.System.ActorOf(Props.Create(() => new Sleeper(_kit.Time, probe.Ref)));
        sleeper.Tell(5 * Second);

        await _kit.AdvanceAsync(5 * Second - TimeSpan.FromTicks(1));
        Assert.False(probe.HasMessages);
        await _kit.AdvanceAsync(TimeSpan.FromTicks(1));

        probe.ExpectMsg("slept", TimeSpan.Zero);
    }

    [Fact]
    public async Task Settling_stays_fast_while_a_pool_thread_is_blocked()
    {
        using var release = new ManualResetEventSlim();
        using var blocked = new CountdownEvent(2);
        TestProbe probe = _kit.CreateProbe();
        IActorRef echo = _kit.System.ActorOf(Props.Create(() => new Relay(probe.Ref, null)));
        Task[] blockers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(Block, TestContext.Current.CancellationToken))];
        blocked.Wait(TestContext.Current.CancellationToken);
        await _kit.SettleAsync();

        var times = new List<TimeSpan>();
        for (int i = 0; i < 100; i++)
        {
            long start = Stopwatch.GetTimestamp();
            echo.Tell(i);
            await _kit.SettleAsync();
            times.Add(Stopwatch.GetElapsedTime(start));
            probe.ExpectMsg(i + 1, TimeSpan.Zero);
        }

        // Waiting for the blocked threads each time would take a quarter of a second. The median, because the machine may be busy.
        Assert.InRange(times.Order().ElementAt(50), TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        release.Set();
        await Task.WhenAll(blockers);

        void Block()
        {
            blocked.Signal();
            release.Wait();
        }
    }

    [Fact]
    public async Task Settling_waits_for_a_pool_thread_that_was_blocked_and_has_been_released()
    {
        using var release = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        TestProbe probe = _kit.CreateProbe();
        Task blocker = Task.Run(Block, TestContext.Current.CancellationToken);
        blocked.Wait(TestContext.Current.CancellationToken);
        await _kit.SettleAsync();
        await _kit.SettleAsync();

        release.Set();
        await _kit.SettleAsync();

        probe.ExpectMsg("released", TimeSpan.Zero);
        await blocker;

        void Block()
        {
            blocked.Set();
            release.Wait();
            probe.Ref.Tell("released");
        }
    }

    [Fact]
    public async Task Actors_that_never_rest_fail_the_settling_and_are_named()
    {
        await using var kit = new VirtualActorSystem(new VirtualActorSystemOptions { RealTimeLimit = TimeSpan.FromMilliseconds(300) });
        IActorRef busy = kit.System.ActorOf(Props.Create(() => new Relay(null, null)), "busy");
        busy.Tell(0);

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(kit.SettleAsync);

        Assert.Contains("come to rest within 00:00:00.3", error.Message, StringComparison.Ordinal);
        Assert.Contains("/user/busy (Relay", error.Message, StringComparison.Ordinal);
        kit.System.Stop(busy);
    }

    [Fact]
    public async Task A_timer_that_is_always_due_fails_the_settling_and_is_named()
    {
        await using var kit = new VirtualActorSystem(new VirtualActorSystemOptions { RealTimeLimit = TimeSpan.FromMilliseconds(300) });
        bool stop = false;
        Again();

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(kit.SettleAsync);
        stop = true;
        await kit.SettleAsync();

        Assert.Contains(nameof(SettlingTests), error.Message, StringComparison.Ordinal);

        void Again()
        {
            if (!stop)
                kit.System.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, Again);
        }
    }

    /// <summary>Passes numbers on to the next actor; to itself, endlessly, when there is none.</summary>
    private sealed class Relay(IActorRef? next, Action? handled) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            handled?.Invoke();
            (next ?? Self).Tell((int)message + 1);
        }
    }

    private sealed class Ticker(VirtualTimeProvider time, IActorRef observer) : UntypedActor, IWithTimers
    {
        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("tick", "tick", Second);

        protected override void OnReceive(object message) => observer.Tell(time.Elapsed);
    }

    private sealed class Sleeper : ReceiveActor
    {
        public Sleeper(VirtualTimeProvider time, IActorRef observer) =>
            ReceiveAsync<TimeSpan>(async delay =>
            {
                await Task.Delay(delay, time);
                observer.Tell("slept");
            });
    }
}
