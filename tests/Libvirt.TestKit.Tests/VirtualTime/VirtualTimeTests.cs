using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Xunit;

namespace Libvirt.TestKit.Tests;

public sealed class VirtualTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Systems_with_the_same_configuration_share_their_clock()
    {
        var clock = new VirtualTimeProvider();
        Config config = VirtualTime.Config(clock).WithFallback("akka.loggers = []");
        ActorSystem first = ActorSystem.Create("first", config);
        ActorSystem second = ActorSystem.Create("second", config);
        int ran = 0;
        first.Scheduler.Advanced.ScheduleOnce(Second, () => ran++);
        second.Scheduler.Advanced.ScheduleOnce(Second, () => ran++);

        await VirtualTime.Of(first).AdvanceAsync(Second);

        Assert.Equal(2, ran);
        Assert.Same(clock, VirtualTime.Of(second).Time);
        await Task.WhenAll(first.Terminate(), second.Terminate());
    }

    [Fact]
    public async Task A_clock_that_only_its_configuration_refers_to_is_kept()
    {
        Config config = CreateConfig();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        ActorSystem system = ActorSystem.Create("test", config);

        Assert.Equal(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero), system.Scheduler.Now);
        await system.Terminate();

        static Config CreateConfig() =>
            VirtualTime.Config(new VirtualTimeProvider(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero))).WithFallback("akka.loggers = []");
    }

    [Fact]
    public void A_configuration_with_an_unknown_clock_is_rejected()
    {
        Config config = ConfigurationFactory.ParseString("akka.scheduler.libvirt-clock = unknown, akka.loggers = []")
            .WithFallback(VirtualTime.Config(new VirtualTimeProvider()));

        Exception error = Assert.ThrowsAny<Exception>(() => ActorSystem.Create("test", config));

        Assert.Contains("VirtualTime.Config", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supervision_with_backoff_restarts_an_actor_at_virtual_times()
    {
        await using var kit = new VirtualActorSystem();
        int starts = 0;
        Props child = Props.Create(() => new Failing(() => Interlocked.Increment(ref starts)));
        kit.System.ActorOf(
            Akka.Pattern.BackoffSupervisor.Props(Akka.Pattern.Backoff.OnStop(child, "child", Second, 8 * Second, 0, -1)), "supervisor");

        int[] seen = new int[5];
        for (int i = 0; i < seen.Length; i++)
        {
            seen[i] = starts;
            await kit.AdvanceAsync((1 << i) * Second);
        }

        Assert.Equal([2, 3, 4, 5], seen[1..]);
        Assert.DoesNotContain(kit.Logs.Records, record => record.Level > LogLevel.InfoLevel);
    }

    private sealed class Failing(Action started) : UntypedActor
    {
        protected override void PreStart()
        {
            started();
            Context.Stop(Self);
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
