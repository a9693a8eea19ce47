using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Libvirt.Transports;

/// <summary>The certificate that we show a daemon, with its key.</summary>
internal sealed class OwnCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    private OwnCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        _certificate = certificate;
        // Offline: what is needed to judge us lies in the file; nothing is fetched from elsewhere.
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    public SslStreamCertificateContext Context { get; }

    /// <summary>Whom it is for.</summary>
    public string Name => _certificate.Subject;

    /// <summary>Reads it; null where there is none, or no key to it, which many daemons accept.</summary>
    /// <exception cref="LibvirtConnectException">It cannot be read, or it is of no use and that is to be checked.</exception>
    public static OwnCertificate? Load(TlsEndpoint endpoint)
    {
        PkiFiles pki = endpoint.Pki;
        if (!Path.Exists(pki.Certificate) || !Path.Exists(pki.Key))
            return null;
        X509Certificate2 certificate;
        X509Certificate2Collection chain = [];
        try
        {
            certificate = X509Certificate2.CreateFromPemFile(pki.Certificate, pki.Key);
            chain.ImportFromPemFile(pki.Certificate);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LibvirtConnectException(
                ConnectFailure.TlsFailed, $"Our certificate {pki.Certificate} with the key {pki.Key} cannot be used: {Reason(pki, error)}.", error);
        }

        DateTime now = DateTime.Now;
        if (endpoint.CheckOwn && (now < certificate.NotBefore || now > certificate.NotAfter))
        {
            string period = $"{certificate.NotBefore:u} to {certificate.NotAfter:u}";
            certificate.Dispose();
            throw new LibvirtConnectException(ConnectFailure.TlsExpired, $"Our own certificate {pki.Certificate} is not valid now, only from {period}.");
        }

        return new OwnCertificate(certificate, chain);
    }

    public void Dispose() => _certificate.Dispose();

    /// <summary>What is wrong with which of the two files; .NET says much the same of all.</summary>
    private static string Reason(PkiFiles pki, Exception error)
    {
        if (error is not CryptographicException)
            return PkiFiles.Reason(error is UnauthorizedAccessException && Directory.Exists(pki.Certificate) ? pki.Certificate : pki.Key, error);
        if (!Holds(pki.Certificate, "CERTIFICATE"))
            return "the first holds no certificate";
        string key = File.ReadAllText(pki.Key);
        return key.Contains("ENCRYPTED", StringComparison.Ordinal) ? "the key is locked by a pass phrase, for which nobody can be asked"
            : Holds(pki.Key, "PRIVATE KEY") ? "the key is damaged, or belongs to another certificate"
            : "the second holds no key";
    }

    private static bool Holds(string path, string label)
    {
        string text = File.ReadAllText(path);
        return PemEncoding.TryFind(text, out PemFields fields) && text.AsSpan()[fields.Label].EndsWith(label, StringComparison.Ordinal);
    }
}
