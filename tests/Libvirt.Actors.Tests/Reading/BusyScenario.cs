using System.Diagnostics.CodeAnalysis;
using Libvirt.TestKit;
using Libvirt.Protocol.Remote;
using Libvirt.Testing;

namespace Libvirt.Tests.Reading;

/// <summary>A hypervisor on a real socket and virtual time, whose connection the test keeps as busy as it likes.</summary>
internal sealed class BusyScenario : IAsyncDisposable
{
    private readonly VirtualActorSystem _kit = new();

    private BusyScenario(HypervisorOptions options, int maxThreads)
    {
        Options = options with { Reconnect = false, KeepAliveInterval = Timeout.InfiniteTimeSpan, MaxConnections = 1 };
        Runtime = LibvirtRuntime.For(_kit.System);
        Runtime.MaxReaderThreads = maxThreads;
    }

    public SocketDaemon Daemon { get; } = new();

    public LibvirtRuntime Runtime { get; }

    public Hypervisor Hypervisor { get; private set; } = null!;

    public LogCapture Logs => _kit.Logs;

    private HypervisorOptions Options { get; }

    /// <summary>Whether this is a thread that reads connections.</summary>
    public static bool IsOnReaderThread => Thread.CurrentThread.Name == "libvirt reader";

    /// <summary>Given: a connection that has been opened and is calm.</summary>
    public static async Task<BusyScenario> StartAsync(HypervisorOptions? options = null, int maxThreads = 16)
    {
        BusyScenario scenario = new(options ?? HypervisorOptions.Default, maxThreads);
        scenario.Hypervisor = await scenario.Runtime.ConnectAsync(scenario.Daemon.Uri, scenario.Options);
        return scenario;
    }

    public ValueTask<ConnectGetLibVersionRet> CallAsync() => Hypervisor.Remote.ConnectGetLibVersionAsync();

    /// <summary>Makes calls one after the other; how many of them continued on a reader thread.</summary>
    public async Task<int> CallAsync(int times)
    {
        int inline = 0;
        for (int i = 0; i < times; i++)
        {
            await CallAsync().ConfigureAwait(false);
            if (IsOnReaderThread)
                inline++;
        }

        return inline;
    }

    /// <summary>Makes calls until one continues on a reader thread, and runs the rest of the caller there.</summary>
    public async Task GoOnReaderThreadAsync()
    {
        for (int calls = 1; calls < 1_000_000; calls++)
        {
            await CallAsync().ConfigureAwait(false);
            if (IsOnReaderThread)
                return;
        }

        throw new InvalidOperationException("No call continued on a reader thread.");
    }

    /// <summary>Tries until something was done on a thread of the runtime's: how often a thread has to wait for a socket is up to the machine.</summary>
    public async Task<bool> TryUntilAsync(Func<Task<bool>> attempt)
    {
        for (int attempts = 1; attempts <= 100; attempts++)
        {
            if (await attempt())
                return true;
        }

        return false;
    }

    /// <summary>Runs a caller that begins on a reader's thread.</summary>
    public Task OnReaderThreadAsync(Action caller) => Task.Run(async () =>
    {
        await GoOnReaderThreadAsync().ConfigureAwait(false);
        caller();
    });

    /// <summary>A caller's code that waits for a call in the way nobody should.</summary>
    public ulong BlockOnCall() => CallAsync().AsTask().GetAwaiter().GetResult().LibVer;

    /// <summary>A caller that awaits a call without a task: its code runs bare where the call ends.</summary>
    [SuppressMessage("Reliability", "CA2012", Justification = "The result is left alone.")]
    public void CallAndThen(Action continuation) => CallAsync().GetAwaiter().UnsafeOnCompleted(continuation);

    /// <summary>Lets so much time pass with nothing going on.</summary>
    public void Pass(TimeSpan time) => _kit.Time.Advance(time);

    /// <summary>Until no thread reads any longer.</summary>
    public Task ThreadsAreFreeAsync() => Eventually.IsTrueAsync(() => Runtime.Threads.Working == 0);

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await Eventually.IsTrueAsync(() => Runtime.ReaderThreads == 0);
        Daemon.Dispose();
        await _kit.DisposeAsync();
    }
}
