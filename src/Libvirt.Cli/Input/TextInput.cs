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
            // A terminal, a pipe or a fifo may never say more, and waiting for it cannot be called off: an interrupt leaves it to its thread.
            return await Task.Run(() => Read(name), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
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

    private static string Read(string name)
    {
        if (name != StandardInput)
            return File.ReadAllText(name);
        using StreamReader input = new(Console.OpenStandardInput());
        return input.ReadToEnd();
    }
}
