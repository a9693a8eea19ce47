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
        foreach (ParseError problem in parsed.Errors)
            error.WriteLine($"error: {InWords(problem.Message)}");
        error.WriteLine($"Try '{CommandPath(parsed.CommandResult)} --help'.");
        return ExitCode.Usage;
    }

    // The library names the type that it could not make of an argument as programs do.
    private static string InWords(string message) => Types.Aggregate(
        message, static (text, type) => text.Replace($"'System.Nullable`1[{type.Name}]'", type.Words, StringComparison.Ordinal).Replace($"'{type.Name}'", type.Words, StringComparison.Ordinal))
        .Replace(" as expected type ", ": it takes ", StringComparison.Ordinal);

    private static string CommandPath(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{CommandPath(parent)} {result.Command.Name}" : result.Command.Name;
}
