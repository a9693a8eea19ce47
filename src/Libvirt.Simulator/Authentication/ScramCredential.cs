using System.Security.Cryptography;
using System.Text;

namespace Libvirt.Simulator;

/// <summary>What a SCRAM-SHA-256 server keeps of a password (RFC 5802, RFC 7677).</summary>
internal sealed class ScramCredential
{
    private const int HashSize = 32;

    public ScramCredential(string password, byte[] salt, int iterations)
    {
        Salt = salt;
        Iterations = iterations;
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashSize);
        StoredKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        ServerKey = HMACSHA256.HashData(salted, "Server Key"u8);
    }

    public byte[] Salt { get; }

    public int Iterations { get; }

    /// <summary>The hash of what a client must prove to know.</summary>
    public byte[] StoredKey { get; }

    /// <summary>What the server proves to know.</summary>
    public byte[] ServerKey { get; }
}
