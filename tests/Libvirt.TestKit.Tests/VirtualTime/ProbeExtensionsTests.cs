using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace Libvirt.TestKit.Tests;

public sealed class ProbeExtensionsTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualActorSystem _kit = new();
    private readonly TestProbe _probe;

    public ProbeExtensionsTests() => _probe = _kit.CreateProbe("probe");

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _kit.DisposeAsync();

    [Fact]
    public async Task Time_passes_until_the_message_arrives_and_no_further()
    {
        Send(5 * Second, 1);
        Send(7 * Second, 2);

        Assert.Equal(1, await _probe.ExpectWithinAsync<int>(10 * Second));
        Assert.Equal(5 * Second, _kit.Time.Elapsed);
        await _probe.ExpectNothingAsync();
        Assert.Equal(2, await _probe.ExpectWithinAsync<int>(2 * Second, number => number == 2));
    }

    [Fact]
    public async Task A_message_that_does_not_arrive_fails()
    {
        ICancelable late = Send(5 * Second, 1);

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => _probe.ExpectWithinAsync<int>(4 * Second));
        late.Cancel();

        Assert.Equal("Expected '/system/probe' to receive Int32, but no message arrived within 00:00:04 of virtual time.", error.Message);
        Assert.Equal(4 * Second, _kit.Time.Elapsed);
    }

    [Fact]
    public async Task Another_message_fails_and_fishing_drops_it()
    {
        Send(Second, "other");
        Send(2 * Second, 3);
        Send(3 * Second, 4);

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => _probe.ExpectWithinAsync<int>(Second));
        Assert.Equal("Expected '/system/probe' to receive Int32, but it received other.", error.Message);
        Assert.Equal(4, await _probe.FishWithinAsync<int>(2 * Second, number => number > 3));
    }

    [Fact]
    public async Task A_message_that_is_there_fails_the_expectation_of_nothing()
    {
        _probe.Ref.Tell("{x}");

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(_probe.ExpectNothingAsync);

        Assert.Equal("Expected '/system/probe' to receive nothing, but it received {x}.", error.Message);
    }

    private ICancelable Send(TimeSpan delay, object message) =>
        _kit.System.Scheduler.ScheduleTellOnceCancelable(delay, _probe.Ref, message, ActorRefs.NoSender);
}
