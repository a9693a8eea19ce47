using System.Security.Cryptography;
using Libvirt.Transports;

namespace Libvirt.Authentication;

/// <summary>
/// Which SASL mechanism is used. With a name and a password, the strongest that accepts them, and PLAIN only if the transport is encrypted and the daemon's host is
/// verified; without them, Kerberos. If the transport is not encrypted, only a mechanism with its own encryption is used.
/// </summary>
internal sealed class MechanismChoice(Endpoint endpoint, string? asked, CredentialSource credentials)
{
    private static readonly Dictionary<string, HashAlgorithmName> Scram = new(StringComparer.Ordinal)
    {
        ["SCRAM-SHA-512"] = HashAlgorithmName.SHA512,
        ["SCRAM-SHA-256"] = HashAlgorithmName.SHA256,
        ["SCRAM-SHA-1"] = HashAlgorithmName.SHA1,
    };

    private static readonly string[] WithPassword = [.. Scram.Keys, PlainMechanism.MechanismName];

    // SCRAM does not tell the password to the daemon.
    private IEnumerable<string> Usable => endpoint.IsVerified ? WithPassword : endpoint.IsSecure ? Scram.Keys : [];

    public async ValueTask<ISaslMechanism> ChooseAsync(IReadOnlyList<string> offered, CancellationToken cancellationToken)
    {
        string? only = asked?.Split('.', 2) is [_, { Length: > 0 } mechanism] ? mechanism : null;
        HashSet<string> usable = [.. offered.Where(name => only is null || string.Equals(name, only, StringComparison.OrdinalIgnoreCase))];
        bool hasKerberos = usable.Contains(GssapiMechanism.MechanismName);
        string? withPassword = Usable.FirstOrDefault(usable.Contains);
        if (withPassword is null && !hasKerberos)
            throw NothingFits(offered, only);

        LibvirtCredentials? found = withPassword is null ? null : await credentials.FindAsync(cancellationToken).ConfigureAwait(false);
        if (found is null && !hasKerberos)
            found = await credentials.PromptAsync(cancellationToken).ConfigureAwait(false);
        if (found is not null)
            return Scram.TryGetValue(withPassword!, out HashAlgorithmName hash) ? new ScramMechanism(withPassword!, hash, found) : new PlainMechanism(found);
        return hasKerberos
            ? new GssapiMechanism(endpoint.Host, needsLayer: !endpoint.IsSecure)
            : throw new LibvirtConnectException(
                ConnectFailure.AuthenticationFailed,
                $"{endpoint} asks for a name and a password (SASL {withPassword}), and there are none. Set HypervisorOptions.Credentials, or have them in libvirt's auth.conf for the host {endpoint.Host}.");
    }

    private LibvirtConnectException NothingFits(IReadOnlyList<string> offered, string? only)
    {
        string list = offered.Count == 0 ? "no mechanism at all" : string.Join(", ", offered);
        string wanted = only is null ? "" : $"; the URI asks for {only}";
        string reason = endpoint.IsVerified ? $"{string.Join(", ", WithPassword)} and {GssapiMechanism.MechanismName} are supported"
            : endpoint.IsSecure ? $"Without verification of the host, {string.Join(", ", Scram.Keys)} and {GssapiMechanism.MechanismName} are supported, since PLAIN would send the password to it"
            : $"Without TLS, only {GssapiMechanism.MechanismName} is supported, since it encrypts the connection itself";
        return new LibvirtConnectException(
            ConnectFailure.AuthenticationUnsupported, $"{endpoint} offers SASL with {list}{wanted}. {reason}.");
    }
}
