using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Libvirt.Transports;

namespace Libvirt.Tests.Transports;

/// <summary>Certificates that a daemon may present, below an authority of the test's own.</summary>
public sealed class ServerCertificateCheckTests : IDisposable
{
    private const string Host = "hv1.example.net";

    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset End = DateTimeOffset.UtcNow.AddDays(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("pki").FullName;
    private readonly Authority _root = Authority.Root("CN=root");

    public ServerCertificateCheckTests() => File.WriteAllText(Path.Combine(_folder, "cacert.pem"), _root.Certificate.ExportCertificatePem());

    [Fact]
    public void A_certificate_of_the_authority_with_the_hosts_name_is_accepted()
    {
        Assert.Null(Check(_root.Issue("CN=any", Host)));
        Assert.Null(Check(_root.Issue($"CN={Host}")));
    }

    [Fact]
    public void The_common_name_does_not_evade_the_name_constraints_of_an_authority()
    {
        Authority constrained = _root.Below("CN=constrained", NameConstraints("other.example.net"));

        LibvirtConnectException? error = Check(constrained.Issue($"CN={Host}"), constrained.Certificate);

        Assert.NotNull(error);
        Assert.Contains(error.Reason, (ConnectFailure[])[ConnectFailure.TlsWrongName, ConnectFailure.TlsUntrusted]);
    }

    [Fact]
    public void The_common_name_counts_below_an_authority_without_constraints()
    {
        Authority intermediate = _root.Below("CN=intermediate");

        Assert.Null(Check(intermediate.Issue($"CN={Host}"), intermediate.Certificate));
    }

    [Theory]
    [InlineData("MD5", "1.2.840.113549.1.1.4")]
    [InlineData("SHA1", "1.2.840.113549.1.1.5")]
    public void A_certificate_with_a_signature_that_can_be_forged_is_refused(string hash, string algorithm)
    {
        X509Certificate2 certificate = _root.Issue("CN=weak", Host, new WeakSignature(_root.Key, new HashAlgorithmName(hash), algorithm));

        LibvirtConnectException? error = Check(certificate);

        Assert.Equal(ConnectFailure.TlsUntrusted, error?.Reason);
    }

    [Fact]
    public void A_pss_signature_over_sha1_counts_as_forgeable()
    {
        X509Certificate2 weak = _root.Issue("CN=weak", Host, new PssWithSha1(_root.Key));
        X509Certificate2 good = _root.Issue("CN=good", Host, X509SignatureGenerator.CreateForRSA(_root.Key, RSASignaturePadding.Pss));

        Assert.True(CertificateSignature.IsBroken(weak));
        Assert.False(CertificateSignature.IsBroken(good));
    }

    [Fact]
    public void A_list_revokes_the_certificates_of_its_own_authority_only()
    {
        Authority other = Authority.Root("CN=other");
        X509Certificate2 certificate = _root.Issue("CN=any", Host);

        File.WriteAllText(Path.Combine(_folder, "cacrl.pem"), other.Revoke(certificate.SerialNumberBytes));
        Assert.Null(Check(certificate));

        File.WriteAllText(Path.Combine(_folder, "cacrl.pem"), other.Revoke(certificate.SerialNumberBytes) + "\n" + _root.Revoke(certificate.SerialNumberBytes));
        LibvirtConnectException? error = Check(certificate);
        Assert.Equal(ConnectFailure.TlsUntrusted, error?.Reason);
        Assert.Contains("revoked", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_a_newer_version_or_with_garbage_is_an_error_that_names_the_file()
    {
        string file = Path.Combine(_folder, "cacrl.pem");
        File.WriteAllText(file, $"-----BEGIN X509 CRL-----\n{Convert.ToBase64String([0x30, 0x03, 0x02, 0x01, 0x01])}\n-----END X509 CRL-----\n");

        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => ServerCertificateCheck.Load(Endpoint()));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _root.Key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private TlsEndpoint Endpoint() => new(Host, TlsEndpoint.DefaultPort, PkiFiles.In(_folder), Verify: true, CheckOwn: false);

    private LibvirtConnectException? Check(X509Certificate2 certificate, params X509Certificate2[] between)
    {
        using ServerCertificateCheck check = ServerCertificateCheck.Load(Endpoint());
        using X509Chain chain = new() { ChainPolicy = check.Policy };
        check.Policy.ExtraStore.AddRange(between);
        chain.Build(certificate);
        Assert.Equal(check.Accepts(certificate, chain), check.Failure is null);
        return check.Failure;
    }

    private static X509Extension NameConstraints(string permitted)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
            writer.WriteCharacterString(UniversalTagNumber.IA5String, permitted, new Asn1Tag(TagClass.ContextSpecific, 2));
        return new X509Extension("2.5.29.30", writer.Encode(), critical: true);
    }

    private sealed record Authority(X509Certificate2 Certificate, RSA Key)
    {
        public static Authority Root(string name)
        {
            RSA key = RSA.Create(2048);
            return new Authority(Request(name, key).CreateSelfSigned(Start, End), key);
        }

        public Authority Below(string name, params X509Extension[] extensions)
        {
            RSA key = RSA.Create(2048);
            CertificateRequest request = Request(name, key);
            foreach (X509Extension extension in extensions)
                request.CertificateExtensions.Add(extension);
            return new Authority(request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForRSA(Key, RSASignaturePadding.Pkcs1), Start, End, Serial()), key);
        }

        public X509Certificate2 Issue(string name, string? host = null, X509SignatureGenerator? signature = null)
        {
            using RSA key = RSA.Create(2048);
            CertificateRequest request = new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            if (host is not null)
            {
                SubjectAlternativeNameBuilder names = new();
                names.AddDnsName(host);
                request.CertificateExtensions.Add(names.Build());
            }

            return request.Create(Certificate.SubjectName, signature ?? X509SignatureGenerator.CreateForRSA(Key, RSASignaturePadding.Pkcs1), Start, End, Serial());
        }

        public string Revoke(ReadOnlyMemory<byte> serial)
        {
            CertificateRevocationListBuilder list = new();
            list.AddEntry(serial.Span);
            byte[] der = list.Build(
                Certificate.SubjectName, X509SignatureGenerator.CreateForRSA(Key, RSASignaturePadding.Pkcs1), 1, End, HashAlgorithmName.SHA256,
                X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: false, includeIssuerAndSerial: true));
            return PemEncoding.WriteString("X509 CRL", der);
        }

        private static byte[] Serial() => [1, .. RandomNumberGenerator.GetBytes(8)];

        private static CertificateRequest Request(string name, RSA key)
        {
            CertificateRequest request = new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            return request;
        }
    }

    private sealed class WeakSignature(RSA key, HashAlgorithmName hash, string algorithm) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            AsnWriter writer = new(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(algorithm);
                writer.WriteNull();
            }

            return writer.Encode();
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, hash, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }

    private sealed class PssWithSha1(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            AsnWriter writer = new(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.1.10");
                // SHA-1 is the default of every parameter.
                writer.PushSequence().Dispose();
            }

            return writer.Encode();
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pss);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
