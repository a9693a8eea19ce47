using System.CommandLine;
using System.CommandLine.Help;
using Libvirt.Cli.CommandLine;
using Libvirt.Cli.Help;

namespace Libvirt.Cli;

/// <summary>The root of the command line: the global options and commands.</summary>
internal sealed class VirtactlCommand : RootCommand
{
    /// <summary>The root with the commands whose names <paramref name="isWanted"/>.</summary>
    public VirtactlCommand(Func<string, bool> isWanted)
        : base("Steers hypervisors through libvirt's daemons, without libvirt's client library.")
    {
        Directives.Clear();
        HelpOption help = Options.OfType<HelpOption>().Single();
        // They begin paths here.
        help.Aliases.Remove("/h");
        help.Aliases.Remove("/?");
        help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        foreach (Option option in Global.All)
            Add(option);
        foreach (Command command in CommandTable.Make(isWanted))
            Add(command);
    }

    /// <summary>The options that every command takes.</summary>
    public GlobalOptions Global { get; } = new();
}
