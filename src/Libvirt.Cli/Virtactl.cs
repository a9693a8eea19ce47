using System.CommandLine;
using System.CommandLine.Invocation;
using Libvirt.Cli.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Output;

namespace Libvirt.Cli;

/// <summary>One run of <c>virtactl</c>: from the words of the command line to the exit code.</summary>
internal static class Virtactl
{
    // '@file' means a file of JSON to one command, not a file of further words.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args)
    {
        // Help and the version alone connect to nothing.
        if (args.Any(word => !word.StartsWith('-')))
            CommandRuntime.Prepare();
        ParseResult parsed;
        try
        {
            parsed = Parse(args);
        }
        catch (UsageException failure)
        {
            return FailureReport.Write(failure, StandardError.Text, verbose: false);
        }

        if (parsed.Action is ParseErrorAction)
            return UsageReport.Write(parsed, StandardError.Text);

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
            return FailureReport.Write(failure, StandardError.Text, GlobalOptions.Of(parsed).IsVerbose(parsed));
        }
    }

    // A command that is named among the words is all that it takes to read them. Where none is, help and errors speak of all.
    private static ParseResult Parse(string[] args)
    {
        ParseResult parsed = Parse(new VirtactlCommand(args.Contains), args);
        return parsed.CommandResult.Command is VirtactlCommand ? Parse(new VirtactlCommand(_ => true), args) : parsed;
    }

    private static ParseResult Parse(VirtactlCommand command, string[] args) => command.Parse(NamedArguments.Place(command, args), Parsing);
}
