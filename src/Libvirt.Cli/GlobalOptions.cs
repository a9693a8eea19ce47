using System.CommandLine;
using System.CommandLine.Parsing;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Diagnostics;
using Libvirt.Cli.Output;

namespace Libvirt.Cli;

/// <summary>The options that every command takes, before or after its name.</summary>
internal sealed class GlobalOptions
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);

    public Option<string?> Connect { get; } = new("--connect", "-c")
    {
        Description = $"The hypervisor's URI. Default: {DefaultUri.Description}.",
        HelpName = "URI",
        Recursive = true,
    };

    public Option<bool> ReadOnly { get; } = new("--readonly", "-r")
    {
        Description = "Open the connection for reading only.",
        Recursive = true,
    };

    public Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "How results are printed. Default: table. Errors are text on stderr in either case.",
        HelpName = "table|json",
        Recursive = true,
        CustomParser = ParseFormat,
    };

    public Option<TimeSpan?> Timeout { get; } = new("--timeout")
    {
        Description = "How long connecting, and each call, may take. Default: 30 s for connecting and for calls that only read, no limit for others.",
        HelpName = "SECONDS",
        Recursive = true,
        CustomParser = ParseTimeout,
    };

    public Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Do not say what was done, print no table heads.",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Log to stderr what happens on the connection, and print the causes of errors: --log-level debug.",
        Recursive = true,
    };

    public Option<LogThreshold?> LogLevel { get; } = new("--log-level")
    {
        Description = "Log to stderr from this level on. Default: no log.",
        HelpName = "debug|information|warning|error",
        Recursive = true,
        CustomParser = ParseLevel,
    };

    public Option<string?> LogConfig { get; } = new("--log-config")
    {
        Description = "Log as the Serilog section of this file says, HOCON or JSON: to files too. Goes before --log-level.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>The options of the tree that a command line was read with.</summary>
    public static GlobalOptions Of(ParseResult parsed) => ((VirtactlCommand)parsed.RootCommandResult.Command).Global;

    public IEnumerable<Option> All => [Connect, ReadOnly, Output, Timeout, Quiet, Verbose, LogLevel, LogConfig];

    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(Verbose) || parsed.GetValue(LogLevel) is LogThreshold.Debug;

    private static OutputFormat ParseFormat(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (text == "json")
            return OutputFormat.Json;
        if (text != "table")
            result.AddError($"--output is 'table' or 'json', not '{text}'.");
        return OutputFormat.Table;
    }

    private static TimeSpan? ParseTimeout(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (double.TryParse(text, out double seconds) && seconds >= 0.001 && seconds <= LongestTimeout.TotalSeconds)
            return TimeSpan.FromSeconds(seconds);
        result.AddError($"--timeout takes a number of seconds between 0.001 and {LongestTimeout.TotalSeconds}, not '{text}'.");
        return null;
    }

    private static LogThreshold? ParseLevel(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (!int.TryParse(text, out _) && Enum.TryParse(text, ignoreCase: true, out LogThreshold level))
            return level;
        result.AddError($"--log-level is 'debug', 'information', 'warning' or 'error', not '{text}'.");
        return null;
    }
}
