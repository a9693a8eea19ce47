using System.CommandLine;
using System.CommandLine.Parsing;

namespace Libvirt.Cli.Failures;

/// <summary>Says what is wrong with a command line and where its help is.</summary>
internal static class UsageReport
{
    public static int Write(ParseResult parsed, TextWriter error)
    {
        foreach (ParseError problem in parsed.Errors)
            error.WriteLine($"error: {problem.Message}");
        error.WriteLine($"Try '{CommandPath(parsed.CommandResult)} --help'.");
        return ExitCode.Usage;
    }

    private static string CommandPath(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{CommandPath(parent)} {result.Command.Name}" : result.Command.Name;
}
