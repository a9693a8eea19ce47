using Xunit;

namespace Actors.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Impossible_values_are_refused_where_they_are_given()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ActorOptions { MailboxCapacity = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ActorOptions { Throughput = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SupervisionPolicy { MaxRestarts = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ActorSystemOptions { MaxInlineDepth = -1 });
        Assert.Throws<ArgumentException>(() => new ActorSystemOptions { Name = " " });
        Assert.Throws<ArgumentNullException>(() => new ActorSystemOptions { TimeProvider = null! });
        Assert.Throws<ArgumentNullException>(() => new ActorSystemOptions { LoggerFactory = null! });
        Assert.Throws<ArgumentNullException>(() => new ActorSystemOptions { Random = null! });
    }

    [Fact]
    public void Paths_are_equal_by_their_elements()
    {
        ActorPath one = ActorPath.Root.Child("a").Child("b");
        ActorPath two = ActorPath.Root.Child("a").Child("b");
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, ActorPath.Root.Child("b"));
        Assert.Equal("/a/b", one.ToString());
        Assert.Equal("/a", one.Parent?.ToString());
        Assert.Equal("/", ActorPath.Root.ToString());
    }

    [Fact]
    public async Task A_system_that_does_not_track_its_activity_says_so()
    {
        await using IActorSystem system = ActorSystem.Create();
        var diagnostics = Assert.IsAssignableFrom<IActorSystemDiagnostics>(system);
        Assert.False(diagnostics.IsTracking);
        await Assert.ThrowsAsync<InvalidOperationException>(() => diagnostics.WhenIdleAsync());
    }
}
