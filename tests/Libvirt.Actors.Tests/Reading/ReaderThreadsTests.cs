using Libvirt.Connection;
using Libvirt.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Libvirt.Tests.Reading;

public sealed class ReaderThreadsTests
{
    [Fact]
    public async Task Threads_are_made_up_to_the_limit_and_used_again()
    {
        using ReaderThreads threads = new() { Limit = 2 };
        using SemaphoreSlim hold = new(0);
        Assert.True(threads.TryRun(hold.Wait));
        Assert.True(threads.TryRun(hold.Wait));
        Assert.False(threads.TryRun(hold.Wait));

        hold.Release(2);
        await Eventually.IsTrueAsync(() => threads.Working == 0);
        Assert.Equal(2, threads.Living);

        TaskCompletionSource ran = new();
        Assert.True(threads.TryRun(ran.SetResult));
        await ran.Task.WaitAsync(Eventually.DefaultLimit);
        Assert.Equal(2, threads.Living);
    }

    [Fact]
    public async Task None_is_left_after_the_end_not_even_one_that_was_at_work()
    {
        ReaderThreads threads = new();
        using SemaphoreSlim hold = new(0);
        Assert.True(threads.TryRun(static () => { }));
        await Eventually.IsTrueAsync(() => threads.Working == 0);
        Assert.True(threads.TryRun(hold.Wait));

        threads.Dispose();
        Assert.False(threads.TryRun(hold.Wait));
        Assert.Equal(1, threads.Living);

        hold.Release();
        await Eventually.IsTrueAsync(() => threads.Living == 0);
    }

    [Fact]
    public async Task Where_the_system_allows_no_further_thread_there_is_none()
    {
        bool allowed = false;
        using ReaderThreads threads = new(thread =>
        {
            if (!allowed)
                throw new InsufficientMemoryException();
            thread.Start();
        });

        for (int i = 0; i < 2 * threads.Limit; i++)
            Assert.False(threads.TryRun(static () => { }));
        Assert.Equal(0, threads.Living);

        allowed = true;
        TaskCompletionSource ran = new();
        Assert.True(threads.TryRun(ran.SetResult));
        await ran.Task.WaitAsync(Eventually.DefaultLimit);
    }

    [Fact]
    public async Task A_seat_that_nobody_could_watch_is_left_at_once()
    {
        using ReaderThreads threads = new(static thread =>
        {
            if (thread.Name == "libvirt reader watch")
                throw new InsufficientMemoryException();
            thread.Start();
        });
        LeftWork work = new();

        Assert.True(new Seat(work, new ContinuationTrust(TimeProvider.System), new(threads, Inline: true, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance)).TryOccupy());

        Assert.False(await work.Left.WaitAsync(Eventually.DefaultLimit));
        Assert.False(threads.Watch.IsRunning);
    }

    private sealed class LeftWork : ISeatWork
    {
        private readonly TaskCompletionSource<bool> _left = new();

        /// <summary>Whether it had ended.</summary>
        public Task<bool> Left => _left.Task;

        public SeatStep Step(List<IWaiter>? answered) => SeatStep.Ended;

        public void Leave(bool ended, Exception? error) => _left.SetResult(ended);
    }
}
