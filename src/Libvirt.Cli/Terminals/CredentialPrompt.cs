using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Cli.Terminals;

/// <summary>
/// Asks the person at the terminal for a user's name and password, once for all connections of a command. The password is not echoed, and nothing is asked
/// that the URI says.
/// </summary>
internal sealed class CredentialPrompt : ICredentialProvider, IAsyncDisposable
{
    private const int StandardInput = 0;

    // No line that a terminal hands out is longer.
    private const int LongestLine = 4096;

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private LibvirtCredentials? _given;

    /// <summary>Why there are no credentials, for the person; null as long as nobody was asked in vain.</summary>
    public string? Refusal { get; private set; }

    public async ValueTask<LibvirtCredentials?> GetAsync(CredentialRequest request, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_given is null && Terminal.IsForQuestions)
                _given = await AskAsync(request, cancellationToken).ConfigureAwait(false);
            if (_given is null)
                Refusal ??= $"the daemon on {request.Host} asks for a user name and a password, and there is no terminal to ask for them; {Places(request.Host)}";
            return _given;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Waits until the terminal is as it was: a connection that ends meanwhile ends the question, too.</summary>
    public async ValueTask DisposeAsync()
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        _oneAtATime.Dispose();
    }

    [UnsupportedOSPlatform("windows")]
    private async ValueTask<LibvirtCredentials?> AskAsync(CredentialRequest request, CancellationToken cancellationToken)
    {
        string? name = request.UserName is { Length: > 0 } known ? known : await AskAsync($"User name for {request.Host}: ", cancellationToken).ConfigureAwait(false);
        string? password = string.IsNullOrEmpty(name) ? null : await AskSilentlyAsync($"Password of {name} for {request.Host}: ", cancellationToken).ConfigureAwait(false);
        if (password is not null)
            return new LibvirtCredentials(name!, password);
        Refusal = $"no {(string.IsNullOrEmpty(name) ? "user name" : "password")} was given for the daemon on {request.Host}; {Places(request.Host)}";
        return null;
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task<string?> AskSilentlyAsync(string question, CancellationToken cancellationToken)
    {
        using ChangedTerminal silent = ChangedTerminal.Silent();
        try
        {
            return await AskAsync(question, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The end of the line was not echoed either.
            await Console.Error.WriteLineAsync().ConfigureAwait(false);
        }
    }

    // A read from a terminal cannot be given up: it stays behind, and goes with the process.
    private static Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        Console.Error.Write(question);
        return Task.Run(ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
    }

    /// <summary>A line without its end; null where the input ends instead.</summary>
    private static string? ReadLine()
    {
        using SafeFileHandle descriptor = new(StandardInput, ownsHandle: false);
        using FileStream input = new(descriptor, FileAccess.Read, bufferSize: 0);
        byte[] line = new byte[LongestLine];
        int count = input.Read(line);
        return count == 0 ? null : Encoding.UTF8.GetString(line.AsSpan(0, count).TrimEnd("\r\n"u8));
    }

    private static string Places(string host) =>
        $"they can stand in an auth.conf, with a group [auth-libvirt-{host}]: the file that $LIBVIRT_AUTH_FILE or authfile of the URI names, "
        + "else ~/.config/libvirt/auth.conf, else /etc/libvirt/auth.conf";
}
