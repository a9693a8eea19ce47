using System.Text;
using CliWrap;

namespace Libvirt.Testing;

/// <summary>Runs a program to its end.</summary>
public static class Command
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs <paramref name="program"/> and returns what it printed and its exit code, whatever that is.</summary>
    /// <param name="program">A path, or a name that the PATH resolves.</param>
    /// <param name="arguments">Passed as they are, without a shell.</param>
    /// <param name="input">Text for its standard input, which is then closed.</param>
    /// <param name="environment">Variables on top of the caller's own; a null value takes one away.</param>
    /// <param name="limit">Past it the program is killed with its children; two minutes when absent.</param>
    /// <param name="cancellationToken">Kills the program with its children.</param>
    /// <exception cref="TimeoutException">The limit passed; the text holds what had been printed.</exception>
    public static async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string input = "",
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? limit = null,
        CancellationToken cancellationToken = default)
    {
        string[] passed = [.. arguments];
        string line = string.Join(' ', passed.Prepend(program));
        StringBuilder output = new();
        StringBuilder error = new();
        using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(limit ?? DefaultLimit);
        try
        {
            CliWrap.CommandResult ended = await Cli.Wrap(program)
                .WithArguments(passed)
                .WithEnvironmentVariables(environment ?? new Dictionary<string, string?>())
                .WithStandardInputPipe(PipeSource.FromString(input))
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(bound.Token);
            return new CommandResult(line, ended.ExitCode, output.ToString(), error.ToString());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{line} had not ended after {limit ?? DefaultLimit}. It had printed:{Environment.NewLine}{output}{Environment.NewLine}{error}");
        }
    }
}
