using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Libvirt.Transports;

/// <summary>The certificates that the authorities have revoked, from a file with one list or several.</summary>
internal sealed class RevocationLists
{
    private readonly List<RevocationList> _lists = [];

    /// <summary>Reads them; none where there is no file.</summary>
    /// <exception cref="LibvirtConnectException">The file is there and cannot be used: nobody knows what it would forbid.</exception>
    public static RevocationLists Load(string path)
    {
        RevocationLists lists = new();
        if (!Path.Exists(path))
            return lists;
        try
        {
            lists.ReadAll(File.ReadAllText(path));
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new LibvirtConnectException(
                ConnectFailure.TlsFailed, $"The list of revoked certificates in {path} cannot be read: {PkiFiles.Reason(path, error)}.", error);
        }

        return lists._lists.Count > 0 ? lists : throw new LibvirtConnectException(ConnectFailure.TlsFailed, $"There is no list of revoked certificates in {path}.");
    }

    /// <summary>Whether the list of its issuer contains a certificate.</summary>
    public bool Contain(X509Certificate2 certificate) => _lists.Exists(list => list.Revokes(certificate));

    private void ReadAll(ReadOnlySpan<char> text)
    {
        while (PemEncoding.TryFind(text, out PemFields fields))
        {
            if (text[fields.Label] is "X509 CRL")
                _lists.Add(RevocationList.Read(Convert.FromBase64String(text[fields.Base64Data].ToString())));
            text = text[fields.Location.End..];
        }
    }
}
