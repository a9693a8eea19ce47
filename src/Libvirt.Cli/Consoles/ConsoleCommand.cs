using System.CommandLine;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Terminals;
using Libvirt.Streams;

namespace Libvirt.Cli.Consoles;

/// <summary><c>console</c>: puts the user's terminal on a domain's console.</summary>
internal sealed class ConsoleCommand : DomainCommand
{
    // A screenful is a few KiB; this bridges a terminal that is stopped for a while.
    private static readonly StreamOptions Buffer = new() { BufferSize = 4 * 1024 * 1024 };

    private readonly Option<string?> _device = new("--devname") { Description = "The device's alias, such as serial1. Default: the first console.", HelpName = "ALIAS" };

    private readonly FlagOption[] _flags =
    [
        new("--force", (uint)DomainConsoleFlags.Force, "Take the console from whoever has it."),
        new("--safe", (uint)DomainConsoleFlags.Safe, "Only where the driver keeps two users from one console."),
    ];

    public ConsoleCommand()
        : base("console", "Put this terminal on a domain's console. Ctrl+] detaches; the domain goes on.")
    {
        Add(_device);
        foreach (FlagOption option in _flags)
            Add(option);
    }

    protected override void CheckArguments(Invocation invocation)
    {
        if (!Terminal.IsForInputAndOutput)
            throw new UsageException("a console needs a terminal as standard input and output");
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        LibvirtStream console = await domain.OpenConsoleAsync(
            invocation.Get(_device), (DomainConsoleFlags)FlagOption.Sum(invocation, _flags), Buffer, invocation.CancellationToken).ConfigureAwait(false);
        await using (console.ConfigureAwait(false))
        {
            invocation.Output.Done($"Connected to domain '{domain}'\nEscape character is ^] (Ctrl + ])");
            try
            {
                using ChangedTerminal? terminal = Terminal.IsForInputAndOutput ? ChangedTerminal.Raw() : null;
                await new ConsoleSession(console).RunAsync(invocation.CancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Console.WriteLine();
            }
        }
    }
}
