using System.CommandLine;
using System.CommandLine.Help;
using Libvirt.Cli.Administration;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Consoles;
using Libvirt.Cli.Help;
using Libvirt.Cli.Storage;
using Libvirt.Cli.Transfers;

namespace Libvirt.Cli;

/// <summary>The root of the command line: the global options and all commands.</summary>
internal sealed class VirtactlCommand : RootCommand
{
    public VirtactlCommand(GlobalOptions global)
        : base("Steers hypervisors through libvirt's daemons, without libvirt's client library.")
    {
        Global = global;
        Directives.Clear();
        HelpOption help = Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        foreach (Option option in global.All)
            Add(option);
        foreach (Command command in Commands())
            Add(command);
    }

    /// <summary>The options that every command takes.</summary>
    public GlobalOptions Global { get; }

    private static IEnumerable<Command> Commands() =>
    [
        new ListCommand(),
        new DomInfoCommand(),
        new DomStateCommand(),
        new DomIdCommand(),
        new DomNameCommand(),
        new DomUuidCommand(),
        new DumpXmlCommand(),
        new DefineCommand(),
        new CreateCommand(),
        new StartCommand(),
        new ShutdownCommand(),
        new RebootCommand(),
        new ResetCommand(),
        new DestroyCommand(),
        new UndefineCommand(),
        new SuspendCommand(),
        new ResumeCommand(),
        new AutostartCommand(),
        new VersionCommand(),
        new UriCommand(),
        new HostnameCommand(),
        new NodeInfoCommand(),
        new CapabilitiesCommand(),
        new EventCommand(),
        new QemuMonitorEventCommand(),
        new QemuMonitorCommandCommand(),
        new QemuAgentCommandCommand(),
        new SendKeyCommand(),
        new ConsoleCommand(),
        new ScreenshotCommand(),
        new PoolListCommand(),
        new PoolInfoCommand(),
        new PoolDefineAsCommand(),
        new PoolBuildCommand(),
        new PoolStartCommand(),
        new PoolDestroyCommand(),
        new PoolUndefineCommand(),
        new VolListCommand(),
        new VolInfoCommand(),
        new VolCreateAsCommand(),
        new VolDeleteCommand(),
        new VolDownloadCommand(),
        new VolUploadCommand(),
        new CallCommand(),
        new AdminCommand(),
        new SimulateCommand(),
    ];
}
