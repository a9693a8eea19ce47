namespace Libvirt.Transports;

/// <summary>The files of libvirt's public-key infrastructure on a client.</summary>
/// <param name="Authorities">The certificates of the authorities that a daemon's certificate must come from.</param>
/// <param name="Revocations">What those authorities have revoked. Need not exist.</param>
/// <param name="Certificate">Our own certificate. Need not exist, unless the daemon asks for one.</param>
/// <param name="Key">Its private key.</param>
internal sealed record PkiFiles(string Authorities, string Revocations, string Certificate, string Key)
{
    private static PkiFiles OfTheMachine { get; } = new(
        "/etc/pki/CA/cacert.pem", "/etc/pki/CA/cacrl.pem", "/etc/pki/libvirt/clientcert.pem", "/etc/pki/libvirt/private/clientkey.pem");

    /// <summary>All in one directory: the URI's <c>pkipath</c>.</summary>
    public static PkiFiles In(string directory) => new(
        Path.Combine(directory, "cacert.pem"),
        Path.Combine(directory, "cacrl.pem"),
        Path.Combine(directory, "clientcert.pem"),
        Path.Combine(directory, "clientkey.pem"));

    /// <summary>The user's own files where they exist, certificate and key as a pair, and the machine's in place of the others. Root has the machine's.</summary>
    public static PkiFiles Usual(UserDirectories directories, Func<string, bool> exists)
    {
        if (directories.IsRoot)
            return OfTheMachine;
        PkiFiles own = In(Path.Combine(directories.Home, ".pki", "libvirt"));
        PkiFiles files = OfTheMachine;
        if (exists(own.Authorities))
            files = files with { Authorities = own.Authorities };
        if (exists(own.Revocations))
            files = files with { Revocations = own.Revocations };
        if (exists(own.Certificate) && exists(own.Key))
            files = files with { Certificate = own.Certificate, Key = own.Key };
        return files;
    }

    /// <summary>Why a file could not be read; of a directory .NET says that access is denied.</summary>
    public static string Reason(string path, Exception error) => Directory.Exists(path) ? "it is a directory" : error.Message.TrimEnd('.');
}
