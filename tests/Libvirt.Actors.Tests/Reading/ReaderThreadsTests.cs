using Libvirt.Threads;
using Libvirt.Testing;

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
}
