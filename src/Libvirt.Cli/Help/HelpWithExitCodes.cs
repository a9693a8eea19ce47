using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Libvirt.Cli.Failures;

namespace Libvirt.Cli.Help;

/// <summary>The help of every command, with the exit codes below it.</summary>
internal sealed class HelpWithExitCodes(HelpAction standard) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int code = standard.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Exit codes:");
        foreach ((int number, string meaning) in ExitCode.Documented)
            output.WriteLine($"  {number,3}  {meaning}");
        output.WriteLine();
        return code;
    }
}
