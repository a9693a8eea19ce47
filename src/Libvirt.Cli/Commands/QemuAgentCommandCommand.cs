using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>qemu-agent-command</c>: gives a command to the agent in a guest.</summary>
internal sealed class QemuAgentCommandCommand : DomainCommand
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "The command as JSON.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _async = new("--async") { Description = "Do not wait for the agent's answer." };
    private readonly Option<bool> _block = new("--block") { Description = "Wait for the agent without limit." };

    public QemuAgentCommandCommand()
        : base("qemu-agent-command", "Give a command to the agent in a guest and print the answer.")
    {
        Add(_command);
        Add(_async);
        Add(_block);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        DomainAgentResponseTimeoutValues wait = invocation.Get(_async) ? DomainAgentResponseTimeoutValues.NoWait
            : invocation.Get(_block) ? DomainAgentResponseTimeoutValues.Block
            : DomainAgentResponseTimeoutValues.Default;
        string? answer = await domain.QemuAgentCommandAsync(
            string.Join(' ', invocation.Get(_command)!), (int)wait, cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Payload(Field.Of("result", "Result", answer ?? ""));
    }
}
