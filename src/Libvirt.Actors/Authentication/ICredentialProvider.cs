namespace Libvirt;

/// <summary>
/// Where credentials come from when a daemon asks for them: a vault, a person, a constant. Serves the callback of <c>virConnectOpenAuth</c>.
/// </summary>
public interface ICredentialProvider
{
    /// <summary>Gives the credentials for one connection. Asked anew for each, so that changed passwords are found.</summary>
    /// <param name="request">For what they are.</param>
    /// <param name="cancellationToken">The attempt to connect was given up, or its time is over.</param>
    /// <returns>The credentials; null to leave the question to libvirt's auth.conf.</returns>
    ValueTask<LibvirtCredentials?> GetAsync(CredentialRequest request, CancellationToken cancellationToken);
}
