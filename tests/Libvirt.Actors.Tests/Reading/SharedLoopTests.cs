namespace Libvirt.Tests.Reading;

/// <summary>Idle connections, which one thread of the process reads.</summary>
public sealed class SharedLoopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static bool IsOnLoop => Thread.CurrentThread.Name == "libvirt sockets";

    [Fact]
    public async Task A_caller_of_an_idle_connection_continues_on_the_loop()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync(maxThreads: 0);

        Assert.True(await CallsUntilAsync(scenario, static () => IsOnLoop));
    }

    [Fact]
    public async Task Without_inline_continuations_callers_continue_on_the_thread_pool()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync(new HypervisorOptions { InlineContinuations = false }, maxThreads: 0);

        Assert.False(await CallsUntilAsync(scenario, static () => !Thread.CurrentThread.IsThreadPoolThread));
    }

    [Fact]
    public async Task A_caller_that_blocks_the_loop_does_not_stop_the_other_connections()
    {
        await using BusyScenario blocked = await BusyScenario.StartAsync(maxThreads: 0);
        await using BusyScenario other = await BusyScenario.StartAsync(maxThreads: 0);
        using ManualResetEventSlim released = new();
        TaskCompletionSource blocking = new();
        Task caller = Task.Run(() => CallsUntilAsync(blocked, () =>
        {
            if (!IsOnLoop)
                return false;
            blocking.TrySetResult();
            return released.Wait(Limit);
        }));
        await blocking.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

        for (int i = 0; i < 20; i++)
        {
            await other.CallAsync().AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
            await blocked.CallAsync().AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        }

        Assert.False(caller.IsCompleted);
        released.Set();
        await caller.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_caller_that_blocks_on_another_call_of_an_idle_connection_gets_its_result()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync(maxThreads: 0);

        Assert.True(await CallsUntilAsync(scenario, () => IsOnLoop && scenario.BlockOnCall() != 0).WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    /// <summary>Makes calls until the code behind one of them returns true.</summary>
    private static async Task<bool> CallsUntilAsync(BusyScenario scenario, Func<bool> behind)
    {
        for (int i = 0; i < 1_000; i++)
        {
            await scenario.CallAsync().ConfigureAwait(false);
            if (behind())
                return true;
        }

        return false;
    }
}
