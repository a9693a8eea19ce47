using Akka.Actor;
using Xunit;

namespace Libvirt.TestKit.Tests;

/// <summary>A test class of Akka.TestKit gets virtual time from its configuration.</summary>
public sealed class TestKitBaseTests() : Akka.TestKit.Xunit.TestKit(VirtualTime.Config(new VirtualTimeProvider()))
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Actors_of_a_test_kit_run_on_virtual_time()
    {
        VirtualTime time = VirtualTime.Of(Sys);
        IActorRef echo = Sys.ActorOf(Echo.Props);
        Sys.Scheduler.ScheduleTellOnce(60 * Second, echo, "minute", TestActor);

        await time.AdvanceAsync(59 * Second);
        ExpectNoMsg();
        await time.AdvanceAsync(Second);

        ExpectMsg("minute");
        Assert.Equal(60 * Second, time.Time.Elapsed);
    }

    [Fact]
    public async Task Receive_timeouts_and_asks_follow()
    {
        VirtualTime time = VirtualTime.Of(Sys);
        IActorRef idle = Sys.ActorOf(Props.Create(() => new Idle(TestActor)));
        await time.AdvanceAsync(10 * Second);

        ExpectMsg(10 * Second);
        Assert.Equal("ping", await idle.Ask<string>("ping"));
        await EventFilter.Exception<InvalidDataException>().ExpectOneAsync(() =>
        {
            Sys.ActorOf(Echo.Props).Tell(new InvalidDataException());
            return Task.CompletedTask;
        });
    }

    private sealed class Idle : ReceiveActor
    {
        public Idle(IActorRef observer)
        {
            SetReceiveTimeout(10 * Second);
            Receive<ReceiveTimeout>(_ =>
            {
                SetReceiveTimeout(null);
                observer.Tell(VirtualTime.Of(Context.System).Time.Elapsed);
            });
            ReceiveAny(message => Sender.Tell(message));
        }
    }
}
