using Akka.Actor;
using Xunit;

namespace Libvirt.TestKit.Tests;

public sealed class ActorTreeTests
{
    [Fact]
    public async Task Living_actors_below_a_path_are_listed()
    {
        await using var kit = new VirtualActorSystem();
        kit.CreateProbe("probe");
        IActorRef parent = kit.System.ActorOf(Props.Create(() => new Parent()), "parent");
        kit.System.ActorOf(Echo.Props, "other");
        await kit.SettleAsync();

        Assert.Equal(
            ["/user/other", "/user/parent", "/user/parent/first", "/user/parent/second"],
            ActorTree.Below(kit.System).Select(actor => actor.Path.ToStringWithoutAddress()).Order(StringComparer.Ordinal));
        Assert.Equal(2, ActorTree.CountLivingActors(kit.System, "/user/parent"));
        Assert.Equal(0, ActorTree.CountLivingActors(kit.System, "/user/absent"));
        Assert.Contains(ActorTree.Below(kit.System, "/system"), actor => actor.Path.Name == "probe" && actor.IsSystem);
        Assert.All(ActorTree.Below(kit.System), actor => Assert.False(actor.IsSystem || actor.IsBusy));

        kit.System.Stop(parent);
        await kit.SettleAsync();
        Assert.Equal(["other"], ActorTree.Below(kit.System).Select(actor => actor.Path.Name));
    }

    [Fact]
    public async Task Messages_and_state_of_an_actor_are_shown()
    {
        using var release = new ManualResetEventSlim();
        await using var kit = new VirtualActorSystem();
        IActorRef echo = kit.System.ActorOf(Echo.Props, "echo");
        echo.Tell(release);
        echo.Tell("one");
        echo.Tell("two");
        LivingActor actor;
        do
            actor = Assert.Single(ActorTree.Below(kit.System));
        while (actor is not { QueuedMessages: 2, IsScheduled: true });
        release.Set();

        Assert.True(actor.IsBusy);
        Assert.Equal("/user/echo (Echo, 2 messages, running)", actor.ToString());
        Assert.Equal(typeof(Echo), actor.ActorType);
    }

    private sealed class Parent : UntypedActor
    {
        protected override void PreStart()
        {
            Context.ActorOf(Echo.Props, "first");
            Context.ActorOf(Echo.Props, "second");
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
