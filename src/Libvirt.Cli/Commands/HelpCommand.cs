using System.CommandLine;
using Libvirt.Cli.Failures;

namespace Libvirt.Cli.Commands;

/// <summary><c>help</c>: what <c>--help</c> says, by the command that virsh has for it.</summary>
internal sealed class HelpCommand : Command
{
    private readonly Argument<string[]> _words = new("COMMAND") { Description = "The command to explain; all of them without one.", Arity = ArgumentArity.ZeroOrMore };

    public HelpCommand()
        : base("help", "Say what virtactl, or one of its commands, does: the same as --help.")
    {
        Add(_words);
        SetAction(arguments =>
        {
            string[] words = arguments.GetValue(_words)!;
            ParseResult known = new VirtactlCommand(_ => true).Parse(words);
            return known.UnmatchedTokens is [{ } unknown, ..]
                ? throw new UsageException($"there is no command '{unknown}'")
                : known.RootCommandResult.Command.Parse([.. words, "--help"]).Invoke(arguments.InvocationConfiguration);
        });
    }
}
