using System.Runtime.InteropServices;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>
/// The user whom modular daemons serve, with virtactl and libvirt's own clients beside each other. Root has no session daemons: where the tests run as root,
/// the clients run as the daemons' user.
/// </summary>
public sealed class ModularUser : IAsyncLifetime
{
    private ModularDaemons? _daemons;

    /// <summary>The daemons; the test is skipped where there are none.</summary>
    public async Task<ModularDaemons> DaemonsAsync()
    {
        string? absent = await ModularDaemons.WhyNotAsync();
        Assert.SkipUnless(absent is null, absent ?? "");
        return _daemons!;
    }

    /// <summary>Where the user's sockets are.</summary>
    public string Sockets => Path.Combine(_daemons!.Qemu.RuntimeDirectory, "libvirt");

    public async ValueTask InitializeAsync()
    {
        if (await ModularDaemons.WhyNotAsync() is not null)
            return;
        _daemons = await ModularDaemons.StartAsync(new LibvirtDaemonOptions { ListenTcp = true });
        // Where the tests lie another user may not come.
        (await Command.RunAsync("cp", ["-r", AppContext.BaseDirectory, Program()])).EnsureSuccess();
        (await Command.RunAsync("chmod", ["-R", "a+rX", _daemons.Qemu.DataDirectory])).EnsureSuccess();
    }

    public ValueTask DisposeAsync() => _daemons?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal Task<CommandResult> VirtactlAsync(params string[] words) => RunAsync(Path.Combine(Program(), "virtactl"), words);

    internal Task<CommandResult> VirshAsync(params string[] words) => RunAsync("virsh", words);

    internal Task<CommandResult> VirtAdminAsync(params string[] words) => RunAsync("virt-admin", words);

    private Task<CommandResult> RunAsync(string program, string[] words)
    {
        Dictionary<string, string?> environment = new(Virsh.ClientEnvironment)
        {
            ["XDG_RUNTIME_DIR"] = _daemons!.Qemu.RuntimeDirectory,
            ["HOME"] = _daemons.Qemu.DataDirectory,
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
            ["LIBVIRT_AUTOSTART"] = "0",
        };
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : ["env"];
        return Command.RunAsync(user[0], [.. user[1..], program, .. words], environment: environment);
    }

    private string Program() => Path.Combine(_daemons!.Qemu.DataDirectory, "program");
}
