using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Libvirt.Transports;

/// <summary>Finds certificates whose signature uses a broken hash algorithm: MD2, MD5 or SHA-1. Another certificate with the same signature can be computed.</summary>
internal static class CertificateSignature
{
    private const string RsaPss = "1.2.840.113549.1.1.10";

    private static readonly HashSet<string> BrokenHashes = new(StringComparer.Ordinal)
    {
        "1.2.840.113549.2.2", // MD2
        "1.2.840.113549.2.5", // MD5
        "1.3.14.3.2.26", // SHA-1
    };

    private static readonly HashSet<string> BrokenSignatures = new(StringComparer.Ordinal)
    {
        "1.2.840.113549.1.1.2", // RSA with MD2
        "1.2.840.113549.1.1.4", // RSA with MD5
        "1.2.840.113549.1.1.5", // RSA with SHA-1
        "1.3.14.3.2.3", // RSA with MD5
        "1.3.14.3.2.29", // RSA with SHA-1
        "1.2.840.10040.4.3", // DSA with SHA-1
        "1.3.14.3.2.27", // DSA with SHA-1
        "1.2.840.10045.4.1", // ECDSA with SHA-1
    };

    /// <summary>Whether the certificate is signed with a broken hash algorithm.</summary>
    public static bool IsBroken(X509Certificate2 certificate)
    {
        string algorithm = certificate.SignatureAlgorithm.Value ?? "";
        return BrokenSignatures.Contains(algorithm) || (algorithm == RsaPss && BrokenHashes.Contains(HashOfPss(certificate.RawDataMemory)));
    }

    // Certificate ::= SEQUENCE { tbsCertificate, SEQUENCE { algorithm, SEQUENCE { [0] hashAlgorithm DEFAULT SHA-1, ... } }, signature }
    private static string HashOfPss(ReadOnlyMemory<byte> certificate)
    {
        const string Default = "1.3.14.3.2.26";
        try
        {
            AsnReader fields = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
            fields.ReadEncodedValue();
            AsnReader algorithm = fields.ReadSequence();
            algorithm.ReadObjectIdentifier();
            AsnReader parameters = algorithm.ReadSequence();
            Asn1Tag hash = new(TagClass.ContextSpecific, 0, isConstructed: true);
            return parameters.HasData && parameters.PeekTag() == hash
                ? parameters.ReadSequence(hash).ReadSequence().ReadObjectIdentifier()
                : Default;
        }
        catch (AsnContentException)
        {
            return Default;
        }
    }
}
