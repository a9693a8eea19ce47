using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Libvirt.Transports;

/// <summary>One certificate revocation list: the serial numbers of certificates that one authority has revoked.</summary>
internal sealed class RevocationList
{
    private readonly X500DistinguishedName _issuer;
    private readonly CertificateRevocationListBuilder _entries;

    private RevocationList(X500DistinguishedName issuer, CertificateRevocationListBuilder entries)
    {
        _issuer = issuer;
        _entries = entries;
    }

    /// <summary>Reads a list.</summary>
    /// <param name="der">The list as RFC 5280 encodes it.</param>
    /// <exception cref="CryptographicException">It is not a valid list.</exception>
    public static RevocationList Read(byte[] der) => new(IssuerOf(der), CertificateRevocationListBuilder.Load(der, out _));

    /// <summary>Whether it revokes a certificate. Serial numbers are unique within one authority only.</summary>
    public bool Revokes(X509Certificate2 certificate)
    {
        if (!IsFrom(certificate.IssuerName))
            return false;
        // The only question that the class answers is whether there was an entry to remove, so it is added again.
        if (!_entries.RemoveEntry(certificate.SerialNumberBytes.Span))
            return false;
        _entries.AddEntry(certificate.SerialNumberBytes.Span);
        return true;
    }

    // The same name may be encoded in two ways. The safe side is to consider both the same.
    private bool IsFrom(X500DistinguishedName issuer) =>
        issuer.RawData.AsSpan().SequenceEqual(_issuer.RawData) || string.Equals(issuer.Name, _issuer.Name, StringComparison.OrdinalIgnoreCase);

    // CertificateList ::= SEQUENCE { SEQUENCE { version INTEGER OPTIONAL, signature, issuer, ... }, ... }
    private static X500DistinguishedName IssuerOf(byte[] der)
    {
        try
        {
            AsnReader list = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            if (list.PeekTag() == Asn1Tag.Integer)
                list.ReadIntegerBytes();
            list.ReadSequence();
            return new X500DistinguishedName(list.ReadEncodedValue().Span);
        }
        catch (AsnContentException error)
        {
            throw new CryptographicException("The list of revoked certificates is not valid.", error);
        }
    }
}
