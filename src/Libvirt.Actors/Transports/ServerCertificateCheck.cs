using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Libvirt.Transports;

/// <summary>
/// Judges a daemon's certificate: it must come from one of libvirt's authorities, be valid today, not be revoked, and bear the host's name. Remembers
/// why it refused one.
/// </summary>
internal sealed class ServerCertificateCheck : IDisposable
{
    private const string NameConstraints = "2.5.29.30";

    private readonly TlsEndpoint _endpoint;
    private readonly X509Certificate2Collection _authorities;
    private readonly RevocationLists _revocations;

    private ServerCertificateCheck(TlsEndpoint endpoint, X509Certificate2Collection authorities, RevocationLists revocations)
    {
        _endpoint = endpoint;
        _authorities = authorities;
        _revocations = revocations;
        Policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        Policy.CustomTrustStore.AddRange(authorities);
    }

    /// <summary>How the chain up to an authority is built.</summary>
    public X509ChainPolicy Policy { get; }

    /// <summary>Why the certificate was refused; null as long as none was.</summary>
    public LibvirtConnectException? Failure { get; private set; }

    /// <exception cref="LibvirtConnectException">The authorities or their revocations cannot be read.</exception>
    public static ServerCertificateCheck Load(TlsEndpoint endpoint)
    {
        string path = endpoint.Pki.Authorities;
        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new LibvirtConnectException(
                ConnectFailure.TlsFailed, $"The authorities' certificates in {path} cannot be read, and without them no daemon can be trusted: {PkiFiles.Reason(path, error)}.", error);
        }

        return authorities.Count > 0
            ? new ServerCertificateCheck(endpoint, authorities, RevocationLists.Load(endpoint.Pki.Revocations))
            : throw new LibvirtConnectException(ConnectFailure.TlsFailed, $"There is no certificate in {path}, and without one no daemon can be trusted.");
    }

    public bool Accepts(X509Certificate? shown, X509Chain? chain)
    {
        Failure = shown is X509Certificate2 certificate && chain is not null
            ? Judge(certificate, chain)
            : new LibvirtConnectException(ConnectFailure.TlsFailed, $"{_endpoint} shows no certificate.");
        return Failure is null;
    }

    public void Dispose()
    {
        foreach (X509Certificate2 authority in _authorities)
            authority.Dispose();
    }

    private LibvirtConnectException? Judge(X509Certificate2 certificate, X509Chain chain)
    {
        string shown = $"The certificate of {_endpoint} ({certificate.Subject}, from {certificate.Issuer})";
        X509ChainStatusFlags flaws = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        X509ChainStatusFlags other = flaws & ~X509ChainStatusFlags.NotTimeValid;
        if (other != X509ChainStatusFlags.NoError)
        {
            string reason = (other & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid)) != 0
                ? $"does not come from an authority in {_endpoint.Pki.Authorities}"
                : other == X509ChainStatusFlags.NotValidForUsage ? "is not made for servers: its extended key usage lacks TLS server authentication"
                : $"is not acceptable: {string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim().TrimEnd('.')))}";
            return new LibvirtConnectException(ConnectFailure.TlsUntrusted, $"{shown} {reason}.");
        }

        foreach (X509Certificate2 link in chain.ChainElements.Select(element => element.Certificate))
        {
            if (_revocations.Contain(link))
                return new LibvirtConnectException(ConnectFailure.TlsUntrusted, $"{shown} was revoked by {_endpoint.Pki.Revocations}.");
        }

        if (chain.ChainElements.Select(element => element.Certificate).Where(IsNotTrustAnchor).FirstOrDefault(CertificateSignature.IsBroken) is { } broken)
        {
            return new LibvirtConnectException(
                ConnectFailure.TlsUntrusted,
                $"{shown} depends on a signature that can be forged: {broken.Subject} is signed with {broken.SignatureAlgorithm.FriendlyName}. Have it signed with SHA-256 or better.");
        }

        if (flaws != X509ChainStatusFlags.NoError)
            return new LibvirtConnectException(ConnectFailure.TlsExpired, $"{shown} is not valid now: {Periods(chain)}.");
        // Name constraints of an authority apply to alternative names only, so the common name must not replace them.
        bool isConstrained = chain.ChainElements.Any(element => element.Certificate.Extensions[NameConstraints] is not null);
        return certificate.MatchesHostname(_endpoint.Host, allowWildcards: true, allowCommonName: !isConstrained)
            ? null
            : new LibvirtConnectException(ConnectFailure.TlsWrongName, $"{shown} is for {Names(certificate)}, not for {_endpoint.Host}.");
    }

    // An authority is trusted because it is in the file; its own signature does not matter.
    private bool IsNotTrustAnchor(X509Certificate2 certificate) =>
        !_authorities.Any(authority => authority.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));

    private static string Periods(X509Chain chain) => string.Join("; ", chain.ChainElements
        .Where(element => element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid))
        .Select(element => string.Create(
            CultureInfo.InvariantCulture, $"{element.Certificate.Subject} only from {element.Certificate.NotBefore:u} to {element.Certificate.NotAfter:u}")));

    private static string Names(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        string[] all = names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
        return all.Length > 0 ? string.Join(", ", all) : certificate.Subject;
    }
}
