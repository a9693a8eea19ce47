using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>domstate</c>: a domain's state.</summary>
internal sealed class DomStateCommand : DomainCommand
{
    private readonly Option<bool> _reason = new("--reason") { Description = "And why it is in this state." };

    public DomStateCommand()
        : base("domstate", "Print the state of a domain.")
    {
        Add(_reason);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        DomainStateInfo now = await domain.GetStateAsync(cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        if (!invocation.Get(_reason))
        {
            invocation.Output.Value(DomainFields.State(now.State));
            return;
        }

        string reason = DomainWords.Reason(now.State, now.Reason);
        invocation.Output.Line($"{DomainWords.State(now.State)} ({reason})", DomainFields.State(now.State), Field.Of("reason", "Reason", reason));
    }
}
