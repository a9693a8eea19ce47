using System.CommandLine;
using System.CommandLine.Parsing;

namespace Libvirt.Cli.Failures;

/// <summary>Says what is wrong with a command line and where its help is.</summary>
internal static class UsageReport
{
    private static readonly (string Name, string Words)[] Types =
    [
        ("System.Int32", $"a number from {int.MinValue} to {int.MaxValue}"),
        ("System.UInt32", $"a number from 0 to {uint.MaxValue}"),
        ("System.Int64", $"a number from {long.MinValue} to {long.MaxValue}"),
        ("System.UInt64", $"a number from 0 to {ulong.MaxValue}"),
        ("System.Double", "a number"),
    ];

    public static int Write(ParseResult parsed, TextWriter error)
    {
        foreach (string problem in Problems(parsed))
            error.WriteLine($"error: {problem}");
        error.WriteLine($"Try '{CommandPath(parsed.CommandResult)} --help'.");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> Problems(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        // Where no command is known, nobody knows what the other words are.
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count > 0)
        {
            string word = parsed.UnmatchedTokens[0];
            return [word.StartsWith('-') ? $"'{command.Name}' has no option {word}" : $"there is no command '{word}'"];
        }

        return parsed.Errors.Select(problem => problem.SymbolResult is ArgumentResult { Tokens.Count: 0, Argument: { } argument }
            ? $"'{command.Name}' needs {argument.Name}"
            : InWords(problem.Message));
    }

    // The library names the type that it could not make of an argument as programs do.
    private static string InWords(string message) => Types.Aggregate(
        message, static (text, type) => text.Replace($"'System.Nullable`1[{type.Name}]'", type.Words, StringComparison.Ordinal).Replace($"'{type.Name}'", type.Words, StringComparison.Ordinal))
        .Replace(" as expected type ", ": it takes ", StringComparison.Ordinal);

    private static string CommandPath(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{CommandPath(parent)} {result.Command.Name}" : result.Command.Name;
}
