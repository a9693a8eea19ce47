using Libvirt.TestKit;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Tests.Scripting;

/// <summary>A hypervisor on virtual time whose daemon is played by the test.</summary>
internal sealed class ConnectedScenario : IAsyncDisposable
{
    private ConnectedScenario(VirtualActorSystem kit, LibvirtRuntime runtime, ScriptedDaemon daemon, Hypervisor hypervisor)
    {
        Kit = kit;
        Runtime = runtime;
        Daemon = daemon;
        Hypervisor = hypervisor;
    }

    public VirtualActorSystem Kit { get; }

    public LibvirtRuntime Runtime { get; }

    public ScriptedDaemon Daemon { get; }

    public Hypervisor Hypervisor { get; }

    /// <summary>Given: a connection that has been opened.</summary>
    public static async Task<ConnectedScenario> StartAsync(
        HypervisorOptions? options = null, bool keepAlive = true, ScriptedDaemon? daemon = null, bool reconnect = false)
    {
        options = (options ?? HypervisorOptions.Default) with { Reconnect = reconnect, MaxConnections = 1 };
        VirtualActorSystem kit = new();
        daemon ??= new ScriptedDaemon();
        LibvirtRuntime runtime = LibvirtRuntime.For(kit.System);
        runtime.Connector = daemon;
        ValueTask<Hypervisor> connecting = runtime.ConnectAsync("test:///default", options);
        await daemon.PlayHandshakeAsync(keepAlive);
        return new ConnectedScenario(kit, runtime, daemon, await connecting);
    }

    /// <summary>A short call whose answer is a number.</summary>
    public Task<ulong> AskVersionAsync(CallOptions options = default, CancellationToken cancellationToken = default) =>
        Read(Hypervisor.Calls.CallAsync(RemoteProcedures.ConnectGetLibVersion, XdrVoid.Value, options, cancellationToken));

    /// <summary>Reads the next call, which must be the short one, and answers it.</summary>
    public async Task AnswerVersionAsync(ulong version) =>
        await Daemon.ReplyAsync(await Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion), new ConnectGetLibVersionRet { LibVer = version });

    /// <summary>
    /// Given: a hypervisor that reconnects, on virtual time, opened once. Each further attempt takes the next daemon from
    /// <paramref name="host"/>.
    /// </summary>
    public static async Task<ConnectedScenario> StartAsync(ScriptedHost host, HypervisorOptions? options = null, bool keepAlive = true)
    {
        VirtualActorSystem kit = new();
        LibvirtRuntime runtime = LibvirtRuntime.For(kit.System);
        runtime.Connector = host;
        ValueTask<Hypervisor> connecting = runtime.ConnectAsync("test:///default", options ?? Steady);
        ScriptedDaemon daemon = await host.NextAttemptAsync();
        await daemon.PlayHandshakeAsync(keepAlive);
        return new ConnectedScenario(kit, runtime, daemon, await connecting);
    }

    /// <summary>Delays of 1, 2, 4, 8 and again 8 seconds, without chance.</summary>
    public static HypervisorOptions Steady { get; } = new()
    {
        ReconnectBackoff = new BackoffPolicy
        {
            Min = TimeSpan.FromSeconds(1),
            Max = TimeSpan.FromSeconds(8),
            Jitter = 0,
            ResetAfter = TimeSpan.FromMinutes(1),
        },
    };

    /// <summary>Waits until the hypervisor is in a state of that kind.</summary>
    public async Task<TState> ReachAsync<TState>()
        where TState : HypervisorState
    {
        await foreach (HypervisorState state in Hypervisor.StateChanges.WithCancellation(TestContext.Current.CancellationToken))
        {
            if (state is TState reached)
                return reached;
        }

        throw new InvalidOperationException($"The hypervisor closed before it was {typeof(TState).Name}.");
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await Kit.DisposeAsync();
    }

    private static async Task<ulong> Read(ValueTask<ConnectGetLibVersionRet> call) => (await call).LibVer;
}
