using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>qemu-monitor-command</c>: gives a command to a domain's QEMU monitor.</summary>
internal sealed class QemuMonitorCommandCommand : DomainCommand
{
    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "The command: JSON, or words with --hmp.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _hmp = new("--hmp") { Description = "The command is one of the human monitor, and so is the answer." };

    public QemuMonitorCommandCommand()
        : base("qemu-monitor-command", "Give a command to a domain's QEMU monitor and print the answer. libvirt does not learn what it changes.")
    {
        Add(_command);
        Add(_hmp);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        string answer = await domain.QemuMonitorCommandAsync(
            string.Join(' ', invocation.Get(_command)!),
            invocation.Get(_hmp) ? DomainQemuMonitorCommandFlags.Hmp : 0,
            cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Payload(Field.Of("result", "Result", answer));
    }
}
