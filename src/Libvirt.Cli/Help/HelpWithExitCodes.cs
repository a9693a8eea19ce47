using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Libvirt.Cli.Calling;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Failures;

namespace Libvirt.Cli.Help;

/// <summary>The help of every command, with the exit codes below it, and of the procedures that <c>call</c> calls.</summary>
internal sealed class HelpWithExitCodes(HelpAction standard) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is CallCommand call && call.Named(parseResult) is { } procedure)
        {
            ProcedureHelp.Write(procedure, output);
            return ExitCode.Done;
        }

        int code = standard.Invoke(parseResult);
        output.WriteLine("Exit codes:");
        foreach ((int number, string meaning) in ExitCode.Documented)
            output.WriteLine($"  {number,3}  {meaning}");
        output.WriteLine();
        return code;
    }
}
