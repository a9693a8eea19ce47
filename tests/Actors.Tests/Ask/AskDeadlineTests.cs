using Actors.TestKit;
using Xunit;

namespace Actors.Tests;

public sealed class AskDeadlineTests
{
    [Fact]
    public async Task Each_of_many_asks_ends_at_its_own_deadline_unless_it_was_answered()
    {
        await using var kit = new ActorTestKit();
        TestProbe<ReplyTo<int>> keeper = kit.CreateProbe<ReplyTo<int>>();
        var random = new Random(7);
        var asks = new List<(int Seconds, Task<int> Task)>();
        for (int i = 0; i < 400; i++)
        {
            int seconds = random.Next(1, 60);
            asks.Add((seconds, keeper.Ref.AskAsync<ReplyTo<int>, int>(static reply => reply, TimeSpan.FromSeconds(seconds)).AsTask()));
        }

        IReadOnlyList<ReplyTo<int>> replies = await keeper.ReceiveAsync(asks.Count);
        var answered = new HashSet<int>();
        for (int second = 1; second <= 60; second++)
        {
            for (int n = 0; n < 3; n++)
            {
                int index = random.Next(asks.Count);
                bool isOpen = asks[index].Seconds >= second && answered.Add(index);
                Assert.Equal(isOpen, replies[index].TrySetResult(index));
            }

            await kit.AdvanceAsync(TimeSpan.FromSeconds(1));
            foreach (int index in Enumerable.Range(0, asks.Count).Where(index => asks[index].Seconds == second))
            {
                if (answered.Contains(index))
                    Assert.Equal(index, await asks[index].Task.WaitAsync(kit.RealTimeLimit));
                else
                    await Assert.ThrowsAsync<TimeoutException>(() => asks[index].Task.WaitAsync(kit.RealTimeLimit));
            }
        }

        Assert.All(asks, ask => Assert.True(ask.Task.IsCompleted));
        Assert.Equal(0, kit.Time.ActiveTimers);
    }

    [Fact]
    public async Task Pending_asks_end_with_the_system()
    {
        await using var kit = new ActorTestKit();
        TestProbe<ReplyTo<int>> keeper = kit.CreateProbe<ReplyTo<int>>();
        Task<int> ask = keeper.Ref.AskAsync<ReplyTo<int>, int>(static reply => reply, Timeout.InfiniteTimeSpan).AsTask();
        await keeper.ExpectAsync();

        await kit.System.ShutdownAsync();

        AskFailedException error = await Assert.ThrowsAsync<AskFailedException>(() => ask.WaitAsync(kit.RealTimeLimit));
        Assert.Equal(TellResult.Stopped, error.Reason);
    }

    [Fact]
    public async Task The_clock_of_the_computer_ends_an_ask_in_time()
    {
        await using IActorSystem system = ActorSystem.Create();
        IActorRef<ReplyTo<int>> silent = system.Spawn("silent", () => new Silent());
        long begun = TimeProvider.System.GetTimestamp();

        await Assert.ThrowsAsync<TimeoutException>(() =>
            silent.AskAsync<ReplyTo<int>, int>(static reply => reply, TimeSpan.FromMilliseconds(30)).AsTask());

        Assert.True(TimeProvider.System.GetElapsedTime(begun) >= TimeSpan.FromMilliseconds(30));
    }

    private sealed class Silent : Actor<ReplyTo<int>>
    {
        protected override ValueTask OnMessageAsync(ReplyTo<int> message) => default;
    }
}
