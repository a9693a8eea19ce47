using Libvirt.Events;

namespace Libvirt.Tests.Reading;

/// <summary>Subscribers on the thread that reads their connection.</summary>
public sealed class SubscriberOnThreadTests
{
    private const int MostEvents = 10_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public Task They_go_on_there_and_get_everything() => SeeEachAsync(static _ => { });

    [Fact]
    public Task One_that_blocks_there_until_a_call_is_answered_gets_everything() => SeeEachAsync(static scenario => scenario.BlockOnCall());

    /// <summary>Lets things happen one after the other, each seen before the next, until one was seen on a reader's thread and something was done there.</summary>
    private static async Task SeeEachAsync(Action<BusyScenario> onReaderThread)
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        await using EventSubscription<DomainLifecycleEvent> subscription = await scenario.Hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle);
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> events = subscription.GetAsyncEnumerator();
        bool done = false;
        for (int i = 1; i <= MostEvents && !done; i++)
        {
            Task<bool> next = SeeAsync();
            scenario.Daemon.Happen();
            done = await next.WaitAsync(Limit);
        }

        Assert.True(done);
        Assert.True(await SeeLastAsync().WaitAsync(Limit));

        async Task<bool> SeeAsync()
        {
            Assert.True(await events.MoveNextAsync().ConfigureAwait(false));
            Assert.NotNull(events.Current.Event);
            if (!BusyScenario.IsOnReaderThread)
                return false;
            onReaderThread(scenario);
            return true;
        }

        async Task<bool> SeeLastAsync()
        {
            scenario.Daemon.Happen();
            return await events.MoveNextAsync().ConfigureAwait(false) && events.Current.Event is not null;
        }
    }
}
