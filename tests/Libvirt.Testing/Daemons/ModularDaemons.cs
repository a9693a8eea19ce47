namespace Libvirt.Testing;

/// <summary>
/// virtqemud, virtstoraged and virtproxyd of one user, who finds them in <see cref="LibvirtDaemon.RuntimeDirectory"/>: a daemon for each driver, and one that
/// leads to them from where libvirtd's clients look and from the network. Where the distribution has no packages of them, <c>eng/build-modular-daemons.sh</c>
/// makes them.
/// </summary>
public sealed class ModularDaemons : IAsyncDisposable
{
    private static readonly Lazy<Task<CommandResult>> Search = new(static () =>
        Command.RunAsync(RepositoryRoot.Combine("eng", "build-modular-daemons.sh"), ["--where"]));

    private ModularDaemons(LibvirtDaemon qemu, LibvirtDaemon storage, LibvirtDaemon proxy) => (Qemu, Storage, Proxy) = (qemu, storage, proxy);

    /// <summary>virtqemud, which has the directories that the others share.</summary>
    public LibvirtDaemon Qemu { get; }

    /// <summary>virtstoraged.</summary>
    public LibvirtDaemon Storage { get; }

    /// <summary>virtproxyd.</summary>
    public LibvirtDaemon Proxy { get; }

    /// <summary>Why there are none on this machine; null when there are.</summary>
    public static async Task<string?> WhyNotAsync() => await Search.Value is { ExitCode: not 0 } absent ? absent.Error.Trim() : null;

    /// <summary>Starts all three.</summary>
    /// <param name="proxy">What virtproxyd is to do: its network sockets.</param>
    public static async Task<ModularDaemons> StartAsync(LibvirtDaemonOptions? proxy = null)
    {
        // What one does not find it would start itself, and wait for five seconds.
        Dictionary<string, string> environment = new(proxy?.Environment ?? new Dictionary<string, string>()) { ["LIBVIRT_AUTOSTART"] = "0" };
        LibvirtDaemonOptions common = new() { Environment = environment };
        LibvirtDaemon qemu = await LibvirtDaemon.StartAsync(common with { Program = "virtqemud" });
        try
        {
            LibvirtDaemon storage = await LibvirtDaemon.StartAsync(common with { Program = "virtstoraged", Beside = qemu });
            return new ModularDaemons(qemu, storage, await LibvirtDaemon.StartAsync(
                (proxy ?? common) with { Program = "virtproxyd", Beside = qemu, Environment = environment }));
        }
        catch
        {
            await qemu.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends all three and their guests, and removes their directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Storage.DisposeAsync();
        await Qemu.DisposeAsync();
    }

    /// <summary>The executable of one of them.</summary>
    internal static async Task<string> PathOfAsync(string program) => Path.Combine((await Search.Value).EnsureSuccess().Output.Trim(), program);
}
