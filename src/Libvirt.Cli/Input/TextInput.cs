using Libvirt.Cli.Failures;

namespace Libvirt.Cli.Input;

/// <summary>Reads the files that commands name.</summary>
internal static class TextInput
{
    /// <summary>The name that means standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The text of a file, or of standard input.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            if (name != StandardInput)
                return await File.ReadAllTextAsync(name, cancellationToken).ConfigureAwait(false);
            using StreamReader input = new(Console.OpenStandardInput());
            return await input.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"the file '{name}' does not exist", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"the file '{name}' cannot be read: {failure.Message}", failure);
        }
    }
}
