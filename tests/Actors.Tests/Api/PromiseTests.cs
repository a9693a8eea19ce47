using Xunit;

namespace Actors.Tests;

public sealed class PromiseTests
{
    [Fact]
    public async Task A_reply_reaches_the_asker()
    {
        var promise = new Promise<int>();
        ValueTask<int> task = promise.Task;
        Assert.False(promise.IsCompleted);

        Assert.True(promise.ReplyTo.TrySetResult(42));

        Assert.True(promise.IsCompleted);
        Assert.Equal(42, await task);
    }

    [Fact]
    public async Task A_failure_reaches_the_asker()
    {
        var promise = new Promise<int>();
        Assert.True(promise.ReplyTo.TrySetException(new InvalidDataException("no")));
        await Assert.ThrowsAsync<InvalidDataException>(() => promise.Task.AsTask());
    }

    [Fact]
    public async Task Of_many_who_fill_it_one_wins()
    {
        for (int round = 0; round < 500; round++)
        {
            var promise = new Promise<int>();
            ReplyTo<int> reply = promise.ReplyTo;
            using var start = new Barrier(4);
            bool[] won = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return number % 2 == 0 ? reply.TrySetResult(number) : reply.TrySetException(new InvalidDataException($"{number}"));
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            int winner = Array.IndexOf(won, true);
            Assert.Equal(1, won.Count(one => one));
            Task<int> result = promise.Task.AsTask();
            if (winner % 2 == 0)
                Assert.Equal(winner, await result);
            else
                Assert.Equal($"{winner}", (await Assert.ThrowsAsync<InvalidDataException>(() => result)).Message);
        }
    }

    [Fact]
    public void A_handle_to_nothing_fills_nothing()
    {
        ReplyTo<int> nowhere = default;
        Assert.False(nowhere.TrySetResult(1));
        Assert.False(nowhere.TrySetException(new InvalidDataException()));
    }

    [Fact]
    public async Task A_handle_of_an_earlier_life_is_stale()
    {
        var promise = new Pooled();
        ReplyTo<int> stale = promise.ReplyTo;
        stale.TrySetResult(1);
        Assert.Equal(1, await promise.Task);

        promise.BeginAnew();

        Assert.False(promise.IsCompleted);
        Assert.False(stale.TrySetResult(2));
        Assert.True(promise.ReplyTo.TrySetResult(3));
        Assert.Equal(3, await promise.Task);
    }

    [Fact]
    public async Task A_stale_awaitable_throws_and_leaves_the_new_life_alone()
    {
        var promise = new Pooled();
        ValueTask<int> stale = promise.Task;
        promise.ReplyTo.TrySetResult(1);
        Assert.Equal(1, await promise.Task);
        promise.BeginAnew();
        promise.ReplyTo.TrySetResult(2);

        Assert.Throws<InvalidOperationException>(() => stale.GetAwaiter().GetResult());

        Assert.Equal(1, promise.Takes);
        Assert.Equal(2, await promise.Task);
        Assert.Equal(2, promise.Takes);
    }

    [Fact]
    public async Task A_result_is_taken_once()
    {
        var promise = new Pooled();
        ValueTask<int> first = promise.Task;
        ValueTask<int> second = promise.Task;
        promise.ReplyTo.TrySetResult(1);

        Assert.Equal(1, await first);
        Assert.Throws<InvalidOperationException>(() => second.GetAwaiter().GetResult());

        Assert.Equal(1, promise.Takes);
    }

    [Fact]
    public async Task A_result_asked_for_too_early_throws_and_can_still_be_awaited()
    {
        var promise = new Pooled();
        ValueTask<int> task = promise.Task;
        Assert.Throws<InvalidOperationException>(() => promise.Task.GetAwaiter().GetResult());
        Assert.Equal(0, promise.Takes);

        promise.ReplyTo.TrySetResult(5);
        Assert.Equal(5, await task);
    }

    [Fact]
    public void A_new_life_cannot_begin_before_the_result_is_taken()
    {
        var promise = new Pooled();
        Assert.Throws<InvalidOperationException>(promise.BeginAnew);
        promise.ReplyTo.TrySetResult(1);
        Assert.Throws<InvalidOperationException>(promise.BeginAnew);
    }

    [Fact]
    public async Task The_asker_goes_on_off_the_thread_that_fills_the_promise()
    {
        var promise = new Promise<int>();
        var resumed = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        promise.Task.GetAwaiter().UnsafeOnCompleted(() => resumed.SetResult(Environment.CurrentManagedThreadId));

        int filler = 0;
        var thread = new Thread(() =>
        {
            filler = Environment.CurrentManagedThreadId;
            promise.ReplyTo.TrySetResult(1);
        });
        thread.Start();
        thread.Join();

        Assert.NotEqual(filler, await resumed.Task);
    }

    [Fact]
    public void The_maker_of_a_promise_may_have_the_asker_go_on_at_once()
    {
        var promise = new Pooled(runContinuationsAsynchronously: false);
        bool resumed = false;
        promise.Task.GetAwaiter().UnsafeOnCompleted(() => resumed = true);

        promise.ReplyTo.TrySetResult(1);

        Assert.True(resumed);
    }

    [Fact]
    public async Task Late_replies_never_reach_a_later_life()
    {
        const int Lives = 20_000;
        var promise = new Pooled();
        var latest = new ReplyTo<int>[1] { promise.ReplyTo };
        bool done = false;
        int wonLate = 0;
        Task late = Task.Run(() =>
        {
            // Holds each handle for a while, so that most of what it fills has been answered or has ended.
            while (!Volatile.Read(ref done))
            {
                ReplyTo<int> held;
                lock (latest)
                    held = latest[0];
                Thread.SpinWait(50);
                if (held.TrySetResult(-1))
                    Interlocked.Increment(ref wonLate);
            }
        });

        int received = 0;
        for (int life = 0; life < Lives; life++)
        {
            ReplyTo<int> reply = promise.ReplyTo;
            lock (latest)
                latest[0] = reply;
            bool won = reply.TrySetResult(life);
            int result = await promise.Task;
            Assert.Equal(won ? life : -1, result);
            if (!won)
                received++;
            promise.BeginAnew();
        }

        Volatile.Write(ref done, true);
        await late;

        // The last handle may be filled after the loop; nobody takes that life's result.
        Assert.InRange(wonLate - received, 0, 1);
    }

    private sealed class Pooled(bool runContinuationsAsynchronously = true) : Promise<int>(runContinuationsAsynchronously)
    {
        public int Takes { get; private set; }

        public void BeginAnew() => Reset();

        protected override void OnResultTaken() => Takes++;
    }
}
