using System.Diagnostics;
using Libvirt.Testing;

namespace Libvirt.Kill.Running;

/// <summary>A daemon that is killed, and the hypervisor that stands for it in the runtime.</summary>
internal sealed class Target : IAsyncDisposable
{
    /// <summary>How long any call may take, and how long it may wait for a connection.</summary>
    public static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);

    // Delays between attempts that are short beside the time that a daemon needs to start.
    private static readonly HypervisorOptions Options = new()
    {
        ReadTimeout = CallLimit,
        CallTimeout = CallLimit,
        ReadyTimeout = CallLimit,
        MaxConnections = 1,
        ReconnectBackoff = HypervisorOptions.Default.ReconnectBackoff with { Min = TimeSpan.FromMilliseconds(50), Max = TimeSpan.FromMilliseconds(400) },
    };

    private readonly LibvirtDaemon _daemon;
    private Task _return = Task.CompletedTask;

    private Target(string name, LibvirtDaemon daemon, Hypervisor hypervisor) => (Name, _daemon, Hypervisor) = (name, daemon, hypervisor);

    /// <summary>Its name in messages.</summary>
    public string Name { get; }

    public Hypervisor Hypervisor { get; }

    /// <summary>The daemon's address, as the runtime's meter has it.</summary>
    public string Address => _daemon.SocketPath;

    /// <summary>The longest time from the daemon's first answer after a restart to the hypervisor being ready.</summary>
    public TimeSpan LongestReturn { get; private set; }

    public static async Task<Target> StartAsync(LibvirtRuntime runtime, string name)
    {
        LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        try
        {
            return new Target(name, daemon, await runtime.ConnectAsync(daemon.TestUri, Options));
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the daemon and starts it again. Does not wait until the hypervisor is ready again.</summary>
    public async Task<Kill> KillAsync(Patience patience)
    {
        DateTimeOffset begun = DateTimeOffset.UtcNow;
        await _daemon.KillAsync();
        Kill kill = new(begun, DateTimeOffset.UtcNow);
        await patience.WaitAsync(() => !IsReady, () => $"{Name} was killed and its hypervisor is still {Hypervisor.State}");
        await _daemon.RestartAsync();
        _return = ReturnAsync(patience);
        return kill;
    }

    /// <summary>Waits until the hypervisor is ready again after the last kill.</summary>
    public Task ReturnedAsync() => _return;

    public async ValueTask DisposeAsync()
    {
        await Hypervisor.DisposeAsync();
        await _daemon.DisposeAsync();
    }

    private bool IsReady => Hypervisor.State is HypervisorState.Ready;

    private async Task ReturnAsync(Patience patience)
    {
        long answered = Stopwatch.GetTimestamp();
        await patience.WaitAsync(() => IsReady, () => $"{Name} answers again and its hypervisor is {Hypervisor.State}");
        TimeSpan took = Stopwatch.GetElapsedTime(answered);
        LongestReturn = took > LongestReturn ? took : LongestReturn;
    }
}
