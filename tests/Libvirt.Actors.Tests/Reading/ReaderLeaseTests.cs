using Libvirt.Connections;
using Libvirt.Testing;

namespace Libvirt.Tests.Reading;

public sealed class ReaderLeaseTests
{
    [Fact]
    public async Task A_busy_connection_gets_a_thread_on_which_its_callers_continue()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();

        await scenario.OnReaderThreadAsync(static () => Assert.True(BusyScenario.IsOnReaderThread));

        Assert.InRange(scenario.Runtime.ReaderThreads, 1, 16);
    }

    [Fact]
    public async Task A_connection_that_has_become_calm_gives_its_thread_back()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        await scenario.OnReaderThreadAsync(static () => { });

        // The first second counts the calls that made it busy.
        await Eventually.IsTrueAsync(() =>
        {
            scenario.Pass(ReaderPolicy.CalmWindow);
            return scenario.Runtime.Threads.Working == 0;
        });

        Assert.NotEqual(0ul, (await scenario.CallAsync()).LibVer);
    }

    [Fact]
    public async Task An_idle_connection_has_no_thread()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();

        for (int i = 0; i < 3 * ReaderPolicy.BusyReceives; i++)
        {
            await scenario.CallAsync();
            scenario.Pass(ReaderPolicy.BusyWindow);
        }

        Assert.Equal(0, scenario.Runtime.ReaderThreads);
    }

    [Fact]
    public async Task Without_threads_callers_continue_on_the_thread_pool()
    {
        await using BusyScenario none = await BusyScenario.StartAsync(maxThreads: 0);

        Assert.Equal(0, await Task.Run(() => none.CallAsync(500)));
        Assert.Equal(0, none.Runtime.ReaderThreads);
    }

    [Fact]
    public async Task Callers_can_be_kept_off_the_thread_that_reads()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync(new HypervisorOptions { InlineContinuations = false });

        for (int i = 0; i < 1_000 && scenario.Runtime.ReaderThreads == 0; i++)
            await scenario.CallAsync(50);

        Assert.Equal(1, scenario.Runtime.ReaderThreads);
        Assert.Equal(0, await Task.Run(() => scenario.CallAsync(500)));
    }

    [Fact]
    public async Task A_caller_may_make_thousands_of_calls_in_a_row()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => scenario.CallAsync(2_000))));
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_the_reading()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        await scenario.OnReaderThreadAsync(static () => { });
        scenario.Daemon.Hold();
        Task<int> call = Task.Run(() => scenario.CallAsync(1));
        await Eventually.IsTrueAsync(() => scenario.Daemon.Held == 1);

        scenario.Daemon.Drop();

        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => call);
        await scenario.ThreadsAreFreeAsync();
    }

    [Fact]
    public async Task Closing_the_hypervisor_ends_the_reading()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        await scenario.OnReaderThreadAsync(static () => { });

        await scenario.Hypervisor.DisposeAsync();

        await scenario.ThreadsAreFreeAsync();
    }

    [Fact]
    public async Task Disposing_the_runtime_under_load_leaves_no_thread_behind()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync();
        Task[] callers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => scenario.CallAsync(1_000_000)))];
        await scenario.OnReaderThreadAsync(static () => { });

        await scenario.Runtime.DisposeAsync();

        await Eventually.IsTrueAsync(() => scenario.Runtime.ReaderThreads == 0);
        foreach (Task caller in callers)
            await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => caller);
    }
}
