using System.Security.Cryptography;
using System.Text;

namespace Libvirt.Tests.Scripting;

/// <summary>The daemon's end of SCRAM-SHA-256 for one password, which it does not check.</summary>
internal sealed class ScramServer(string password)
{
    private const int Iterations = 4096;

    // Deriving it takes most of an exchange's time.
    private static readonly Dictionary<string, byte[]> Salted = [];
    private static readonly byte[] Salt = "salt of the earth"u8.ToArray();

    private string _first = "";

    public byte[] First(byte[] clientFirst)
    {
        string bare = Encoding.UTF8.GetString(clientFirst)["n,,".Length..];
        string answer = $"{bare[bare.IndexOf("r=", StringComparison.Ordinal)..]}ours,s={Convert.ToBase64String(Salt)},i={Iterations}";
        _first = $"{bare},{answer}";
        return Encoding.UTF8.GetBytes(answer);
    }

    public byte[] Final(byte[] clientFinal)
    {
        string text = Encoding.UTF8.GetString(clientFinal);
        string exchange = $"{_first},{text[..text.LastIndexOf(",p=", StringComparison.Ordinal)]}";
        byte[] proof = HMACSHA256.HashData(HMACSHA256.HashData(SaltedPassword(), "Server Key"u8), Encoding.UTF8.GetBytes(exchange));
        return Encoding.UTF8.GetBytes($"v={Convert.ToBase64String(proof)}");
    }

    private byte[] SaltedPassword()
    {
        lock (Salted)
        {
            if (!Salted.TryGetValue(password, out byte[]? salted))
                Salted[password] = salted = Rfc2898DeriveBytes.Pbkdf2(password, Salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
            return salted;
        }
    }
}
