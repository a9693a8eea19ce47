namespace Libvirt.Authentication;

/// <summary>Finds credentials: from the provider that the options name, else from auth.conf.</summary>
internal sealed class CredentialSource(LibvirtUri uri, string host, ICredentialProvider? provider, UserDirectories directories)
{
    public async ValueTask<LibvirtCredentials?> FindAsync(CancellationToken cancellationToken)
    {
        if (provider is not null)
        {
            LibvirtCredentials? given = await provider.GetAsync(new CredentialRequest(host, uri.User), cancellationToken)
                .AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            if (given is not null)
                return given;
        }

        return FilePath() is { } path ? Read(path).Find(host, uri.User) : null;
    }

    /// <summary>The one file that counts: the first of libvirt's places where there is one.</summary>
    private string? FilePath()
    {
        if (uri.Parameters.AuthFile is { } named)
            return named;
        if (directories.Variable("LIBVIRT_AUTH_FILE") is { Length: > 0 } variable)
            return variable;
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
