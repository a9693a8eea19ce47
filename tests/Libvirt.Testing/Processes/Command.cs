using System.Diagnostics;

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
        ProcessStartInfo info = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            info.Environment[name] = value;
        string line = string.Join(' ', info.ArgumentList.Prepend(program));

        using Process process = Process.Start(info) ?? throw new InvalidOperationException($"{line} did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(limit ?? DefaultLimit);
        try
        {
            await FeedAsync(process, input, bound.Token);
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            string printed = $"{await output}{Environment.NewLine}{await error}";
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{line} had not ended after {limit ?? DefaultLimit}. It had printed:{Environment.NewLine}{printed}");
        }
        return new CommandResult(line, process.ExitCode, await output, await error);
    }

    private static async Task FeedAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input: its exit code says more than a broken pipe.
        }
    }
}
