using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Libvirt.Testing;

/// <summary>A certificate authority made on the spot. Writes certificates in libvirt's layout of one directory (<c>pkipath</c>).</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;

    /// <summary>A new authority with a key of its own.</summary>
    public TestAuthority(string name = "Test Authority")
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new($"CN={name} {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
    }

    /// <summary>The authority's own certificate.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>Issues a certificate for a host (or, without names, for a client), valid from two years ago until then.</summary>
    public X509Certificate2 Issue(string subject, DateTimeOffset? until = null, params string[] hosts) => Issue(subject, until, null, hosts);

    /// <summary>The same, valid from then on.</summary>
    public X509Certificate2 Issue(string subject, DateTimeOffset? until, DateTimeOffset? from, params string[] hosts)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new($"CN={subject}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(hosts.Length > 0 ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], critical: false));
        SubjectAlternativeNameBuilder names = new();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        if (hosts.Length > 0)
            request.CertificateExtensions.Add(names.Build());
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        serial[0] &= 0x7F;
        serial[0] |= 1;
        using X509Certificate2 bare = request.Create(
            _certificate, from ?? DateTimeOffset.UtcNow.AddYears(-1), until ?? DateTimeOffset.UtcNow.AddYears(1), serial);
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>Makes a directory with this authority's certificate, a server's and a client's where they are given, and a list of revoked ones.</summary>
    public string WriteDirectory(X509Certificate2? server = null, X509Certificate2? client = null, X509Certificate2? revoked = null)
    {
        string directory = Scratch.NewDirectory("pki");
        File.WriteAllText(Path.Combine(directory, "cacert.pem"), Pem);
        Write(directory, "server", server);
        Write(directory, "client", client);
        if (revoked is not null)
        {
            CertificateRevocationListBuilder list = new();
            list.AddEntry(revoked);
            byte[] crl = list.Build(_certificate, 1, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            File.WriteAllText(Path.Combine(directory, "cacrl.pem"), PemEncoding.WriteString("X509 CRL", crl));
        }

        return directory;
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    private static void Write(string directory, string name, X509Certificate2? certificate)
    {
        if (certificate is null)
            return;
        File.WriteAllText(Path.Combine(directory, $"{name}cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, $"{name}key.pem"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }
}
