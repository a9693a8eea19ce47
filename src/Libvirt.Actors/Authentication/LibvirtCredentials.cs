namespace Libvirt;

/// <summary>
/// A user's name and password. Prints without the password, and is a provider of itself, so that it can be set as
/// <see cref="HypervisorOptions.Credentials"/> as it is.
/// </summary>
public sealed class LibvirtCredentials : ICredentialProvider
{
    /// <param name="userName">The name that the daemon knows the user by.</param>
    /// <param name="password">The password.</param>
    public LibvirtCredentials(string userName, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        ArgumentNullException.ThrowIfNull(password);
        UserName = userName;
        Password = password;
    }

    /// <summary>The name that the daemon knows the user by.</summary>
    public string UserName { get; }

    internal string Password { get; }

    /// <summary>Gives itself, whoever asks.</summary>
    public ValueTask<LibvirtCredentials?> GetAsync(CredentialRequest request, CancellationToken cancellationToken) => new(this);

    /// <summary>The user's name alone.</summary>
    public override string ToString() => $"credentials of {UserName}";
}
