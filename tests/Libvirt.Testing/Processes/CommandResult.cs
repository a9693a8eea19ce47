namespace Libvirt.Testing;

/// <summary>What a command left behind.</summary>
/// <param name="CommandLine">The command with its arguments, for failure texts.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its whole standard output.</param>
/// <param name="Error">Its whole standard error.</param>
public sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Error)
{
    /// <summary>This result, where the command succeeded.</summary>
    /// <exception cref="CommandFailedException">The exit code is not 0.</exception>
    public CommandResult EnsureSuccess() => ExitCode == 0 ? this : throw new CommandFailedException(this);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{CommandLine} ended with {ExitCode}{Environment.NewLine}{Output}{Environment.NewLine}{Error}".TrimEnd();
}
