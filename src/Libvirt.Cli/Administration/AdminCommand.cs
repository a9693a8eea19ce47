using System.CommandLine;

namespace Libvirt.Cli.Administration;

/// <summary><c>admin</c>: the commands about a daemon itself.</summary>
internal sealed class AdminCommand : Command
{
    public AdminCommand()
        : base("admin", "Steer a daemon itself: its servers, clients, workers and log. --connect names the daemon: libvirtd:///system, virtqemud:///session.")
    {
        foreach (Command command in (Command[])
            [
                new SrvListCommand(),
                new SrvThreadpoolInfoCommand(),
                new SrvThreadpoolSetCommand(),
                new SrvClientsInfoCommand(),
                new SrvClientsSetCommand(),
                new SrvUpdateTlsCommand(),
                new ClientListCommand(),
                new ClientInfoCommand(),
                new ClientDisconnectCommand(),
                new DaemonLogInfoCommand(),
                new DaemonLogFiltersCommand(),
                new DaemonLogOutputsCommand(),
                new DaemonTimeoutCommand(),
            ])
        {
            Add(command);
        }
    }
}
