using System.CommandLine;
using Libvirt.Cli.Administration;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Consoles;
using Libvirt.Cli.Storage;
using Libvirt.Cli.Transfers;

namespace Libvirt.Cli.CommandLine;

/// <summary>All commands by their names, in the order of the help. Each is made only where it is wanted: making all takes longer than one of them runs.</summary>
internal static class CommandTable
{
    private static readonly (string Name, Func<Command> Make)[] Entries =
    [
        ("list", () => new ListCommand()),
        ("dominfo", () => new DomInfoCommand()),
        ("domstate", () => new DomStateCommand()),
        ("domid", () => new DomIdCommand()),
        ("domname", () => new DomNameCommand()),
        ("domuuid", () => new DomUuidCommand()),
        ("dumpxml", () => new DumpXmlCommand()),
        ("define", () => new DefineCommand()),
        ("create", () => new CreateCommand()),
        ("start", () => new StartCommand()),
        ("shutdown", () => new ShutdownCommand()),
        ("reboot", () => new RebootCommand()),
        ("reset", () => new ResetCommand()),
        ("destroy", () => new DestroyCommand()),
        ("undefine", () => new UndefineCommand()),
        ("suspend", () => new SuspendCommand()),
        ("resume", () => new ResumeCommand()),
        ("autostart", () => new AutostartCommand()),
        ("version", () => new VersionCommand()),
        ("uri", () => new UriCommand()),
        ("hostname", () => new HostnameCommand()),
        ("nodeinfo", () => new NodeInfoCommand()),
        ("capabilities", () => new CapabilitiesCommand()),
        ("event", () => new EventCommand()),
        ("qemu-monitor-event", () => new QemuMonitorEventCommand()),
        ("qemu-monitor-command", () => new QemuMonitorCommandCommand()),
        ("qemu-agent-command", () => new QemuAgentCommandCommand()),
        ("send-key", () => new SendKeyCommand()),
        ("console", () => new ConsoleCommand()),
        ("screenshot", () => new ScreenshotCommand()),
        ("pool-list", () => new PoolListCommand()),
        ("pool-info", () => new PoolInfoCommand()),
        ("pool-define-as", () => new PoolDefineAsCommand()),
        ("pool-build", () => new PoolBuildCommand()),
        ("pool-start", () => new PoolStartCommand()),
        ("pool-destroy", () => new PoolDestroyCommand()),
        ("pool-undefine", () => new PoolUndefineCommand()),
        ("vol-list", () => new VolListCommand()),
        ("vol-info", () => new VolInfoCommand()),
        ("vol-create-as", () => new VolCreateAsCommand()),
        ("vol-delete", () => new VolDeleteCommand()),
        ("vol-download", () => new VolDownloadCommand()),
        ("vol-upload", () => new VolUploadCommand()),
        ("call", () => new CallCommand()),
        ("admin", () => new AdminCommand()),
        ("simulate", () => new SimulateCommand()),
        ("help", () => new HelpCommand()),
    ];

    /// <summary>Makes the commands whose names are wanted.</summary>
    public static IEnumerable<Command> Make(Func<string, bool> isWanted)
    {
        foreach ((string name, Func<Command> make) in Entries)
        {
            if (isWanted(name))
                yield return make();
        }
    }
}
