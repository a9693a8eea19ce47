using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Events;

namespace Libvirt.Cli.Commands;

/// <summary><c>qemu-monitor-event</c>: waits for events of QEMU's monitors.</summary>
internal sealed class QemuMonitorEventCommand : EventWaitingCommand
{
    private readonly Option<string?> _event = new("--event") { Description = "Only events of this name, such as SHUTDOWN.", HelpName = "NAME" };
    private readonly Option<bool> _regex = new("--regex") { Description = "The name is a regular expression." };
    private readonly Option<bool> _noCase = new("--no-case") { Description = "The name's case does not matter." };

    public QemuMonitorEventCommand()
        : base("qemu-monitor-event", "Wait for events of QEMU's monitors and print them.")
    {
        Add(_event);
        Add(_regex);
        Add(_noCase);
    }

    protected override IReadOnlyList<EventKind> Kinds(Invocation invocation)
    {
        ConnectDomainQemuMonitorEventRegisterFlags flags =
            (invocation.Get(_regex) ? ConnectDomainQemuMonitorEventRegisterFlags.Regex : 0)
            | (invocation.Get(_noCase) ? ConnectDomainQemuMonitorEventRegisterFlags.NoCase : 0);
        return [QemuMonitorEvents.Matching(new QemuMonitorFilter(invocation.Get(_event), flags))];
    }
}
