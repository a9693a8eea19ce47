using System.CommandLine;
using System.CommandLine.Invocation;
using Libvirt.Cli.CommandLine;
using Libvirt.Cli.Failures;

namespace Libvirt.Cli;

/// <summary>One run of <c>virtactl</c>: from the words of the command line to the exit code.</summary>
internal static class Virtactl
{
    // '@file' means a file of JSON to one command, not a file of further words.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args)
    {
        GlobalOptions options = new();
        VirtactlCommand command = new(options);
        string[] words;
        try
        {
            words = NamedArguments.Place(command, args);
        }
        catch (UsageException failure)
        {
            return FailureReport.Write(failure, Console.Error, verbose: false);
        }

        ParseResult parsed = command.Parse(words, Parsing);
        if (parsed.Action is ParseErrorAction)
            return UsageReport.Write(parsed, Console.Error);

        using Interruption interruption = new();
        try
        {
            InvocationConfiguration invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(invocation, interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } code)
        {
            return code;
        }
        catch (Exception failure)
        {
            return FailureReport.Write(failure, Console.Error, options.IsVerbose(parsed));
        }
    }
}
