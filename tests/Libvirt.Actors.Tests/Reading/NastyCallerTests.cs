using Libvirt.Testing;
using Akka.Event;

namespace Libvirt.Tests.Reading;

/// <summary>What callers may do on the thread that reads: anything. It costs them alone.</summary>
public sealed class NastyCallerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_that_blocks_on_another_call_of_the_same_connection_gets_its_answer()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();

        for (int i = 0; i < 3; i++)
            await scenario.OnReaderThreadAsync(() => Assert.NotEqual(0ul, scenario.BlockOnCall())).WaitAsync(Limit);
    }

    [Fact]
    public async Task Many_that_block_on_calls_all_get_their_answers()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await scenario.CallAsync().ConfigureAwait(false);
                Assert.NotEqual(0ul, scenario.BlockOnCall());
            }
        }))).WaitAsync(Limit);
    }

    [Fact]
    public async Task One_that_never_comes_back_holds_up_nobody_else()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        bool released = false;
        TaskCompletionSource looping = new();
        Task loop = scenario.OnReaderThreadAsync(() =>
        {
            looping.SetResult();
            while (!Volatile.Read(ref released))
                Thread.SpinWait(100);
        });
        await looping.Task.WaitAsync(Limit);

        await Task.Run(() => scenario.CallAsync(100)).WaitAsync(Limit);
        int pongs = scenario.Daemon.Pongs;
        scenario.Daemon.Ping();
        await Eventually.IsTrueAsync(() => scenario.Daemon.Pongs > pongs);

        Assert.False(loop.IsCompleted);
        Volatile.Write(ref released, true);
        await loop.WaitAsync(Limit);
    }

    [Fact]
    public async Task Where_no_other_thread_is_left_the_pool_reads_on()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync(maxThreads: 1);
        using ManualResetEventSlim released = new();
        TaskCompletionSource waiting = new();
        Task blocked = scenario.OnReaderThreadAsync(() =>
        {
            waiting.SetResult();
            Assert.True(released.Wait(Limit));
        });
        await waiting.Task.WaitAsync(Limit);

        Assert.Equal(0, await Task.Run(() => scenario.CallAsync(100)).WaitAsync(Limit));

        released.Set();
        await blocked.WaitAsync(Limit);
        await scenario.OnReaderThreadAsync(static () => { }).WaitAsync(Limit);
    }

    [Fact]
    public async Task Those_answered_in_the_same_moment_do_not_wait_for_one_that_blocks()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        await scenario.OnReaderThreadAsync(static () => { });
        using CountdownEvent others = new(2);
        int come = 0;
        scenario.Daemon.Hold();
        Task[] callers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            await scenario.CallAsync().ConfigureAwait(false);
            if (Interlocked.Increment(ref come) == 1)
                Assert.True(others.Wait(Limit));
            else
                others.Signal();
        }))];
        await Eventually.IsTrueAsync(() => scenario.Daemon.Held == 3);

        scenario.Daemon.Release();

        await Task.WhenAll(callers).WaitAsync(Limit);
    }

    [Fact]
    public async Task One_that_throws_out_of_its_continuation_is_logged_and_the_connection_lives()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        InvalidOperationException thrown = new("of the caller's own");
        bool threw = false;

        while (!threw)
        {
            TaskCompletionSource done = new();
            await scenario.OnReaderThreadAsync(() => scenario.CallAndThen(() =>
            {
                // Through the pool it would end the process, as it does everywhere.
                threw = BusyScenario.IsOnReaderThread;
                done.SetResult();
                if (threw)
                    throw thrown;
            })).WaitAsync(Limit);
            await done.Task.WaitAsync(Limit);
        }

        await Task.Run(() => scenario.CallAsync(100)).WaitAsync(Limit);
        await scenario.Logs.ExpectAsync(LogLevel.ErrorLevel, record => record.EventId == 1008 && record.Exception == thrown);
    }

    [Fact]
    public async Task One_that_closes_the_hypervisor_and_blocks_until_that_is_done_gets_there()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();

        await scenario.OnReaderThreadAsync(() => scenario.Hypervisor.DisposeAsync().AsTask().Wait(Limit)).WaitAsync(Limit);

        await scenario.ThreadsAreFreeAsync();
    }

    [Fact]
    public async Task What_one_leaves_on_the_thread_the_next_does_not_find()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        AsyncLocal<string?> local = new();
        await scenario.OnReaderThreadAsync(() => scenario.CallAndThen(() =>
        {
            local.Value = "left behind";
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        })).WaitAsync(Limit);

        TaskCompletionSource<(string?, SynchronizationContext?)> found = new();
        await scenario.OnReaderThreadAsync(() => scenario.CallAndThen(
            () => found.SetResult((local.Value, SynchronizationContext.Current)))).WaitAsync(Limit);

        Assert.Equal((null, null), await found.Task.WaitAsync(Limit));
    }
}
