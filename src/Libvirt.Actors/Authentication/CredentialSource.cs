using Libvirt.Transports;

namespace Libvirt.Authentication;

/// <summary>Finds credentials: from the provider that the options name, else from auth.conf, and asks for them where nobody has them.</summary>
internal sealed class CredentialSource(LibvirtUri uri, Endpoint endpoint, HypervisorOptions options, UserDirectories directories, TimeProvider time)
{
    public async ValueTask<LibvirtCredentials?> FindAsync(CancellationToken cancellationToken)
    {
        if (options.Credentials is { } provider && await AskAsync(provider, cancellationToken).ConfigureAwait(false) is { } given)
            return given;
        return FilePath() is { } path ? Read(path).Find(endpoint.Host, uri.User) : null;
    }

    /// <summary>Asks whoever is there to be asked last, and waits for as long as that takes.</summary>
    public ValueTask<LibvirtCredentials?> PromptAsync(CancellationToken cancellationToken) =>
        options.CredentialPrompt?.GetAsync(Request, cancellationToken) ?? default;

    private CredentialRequest Request => new(endpoint.Host, uri.User);

    /// <summary>Asks the provider, which may be a person, and waits no longer than connecting may take.</summary>
    private async ValueTask<LibvirtCredentials?> AskAsync(ICredentialProvider provider, CancellationToken cancellationToken)
    {
        using CancellationTokenSource given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<LibvirtCredentials?> asked = provider.GetAsync(Request, given.Token).AsTask();
        try
        {
            return await asked.WaitAsync(options.ConnectTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException error) when (!asked.IsCompleted)
        {
            await given.CancelAsync().ConfigureAwait(false);
            throw new LibvirtConnectException(
                ConnectFailure.TimedOut, $"Nobody gave the credentials for {endpoint} within {options.ConnectTimeout.TotalSeconds:0.###} s.", error);
        }
    }

    /// <summary>The one file that counts: the first of libvirt's places where there is one.</summary>
    private string? FilePath()
    {
        if (directories.Variable("LIBVIRT_AUTH_FILE") is { Length: > 0 } variable)
            return variable;
        if (uri.Parameters.AuthFile is { } named)
            return named;
        return new[] { directories.UserConfiguration, UserDirectories.SystemConfiguration }
            .Select(directory => Path.Combine(directory, "auth.conf")).FirstOrDefault(File.Exists);
    }

    private static AuthFile Read(string path)
    {
        try
        {
            return AuthFile.Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new LibvirtConnectException(ConnectFailure.AuthenticationFailed, $"The credentials in {path} cannot be read: {error.Message}.", error);
        }
    }
}
