using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Libvirt.Simulator;

/// <summary>The server's side of one SCRAM-SHA-256 exchange, without channel binding.</summary>
internal sealed class ScramExchange
{
    /// <summary>The mechanism's name.</summary>
    public const string Mechanism = "SCRAM-SHA-256";

    private const int Iterations = 4096;
    private const int SaltSize = 16;
    private const int NonceSize = 18;

    private readonly IReadOnlyDictionary<string, string> _users;
    private string _clientFirst = "";
    private string _serverFirst = "";
    private string _header = "";
    private string _nonce = "";
    private ScramCredential? _credential;

    public ScramExchange(IReadOnlyDictionary<string, string> users) => _users = users;

    /// <summary>Answers the client's first message.</summary>
    /// <exception cref="SimulatedFailureException">It is none.</exception>
    public byte[] Start(byte[] message)
    {
        string text = Encoding.UTF8.GetString(message);
        // "n,," or "n,a=name,": no channel binding, and perhaps another identity to act as.
        int second = text.IndexOf(',', StringComparison.Ordinal) is int first and >= 0 ? text.IndexOf(',', first + 1) : -1;
        if (second < 0 || text[0] is not ('n' or 'y'))
            throw Failed();
        _header = text[..(second + 1)];
        _clientFirst = text[(second + 1)..];
        string user = Attribute(_clientFirst, 'n').Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        _nonce = Attribute(_clientFirst, 'r') + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceSize));
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        // An unknown user is let go on with a password that nobody knows: who guesses names learns nothing.
        _credential = new ScramCredential(_users.GetValueOrDefault(user, Convert.ToBase64String(salt)), salt, Iterations);
        _serverFirst = string.Create(CultureInfo.InvariantCulture, $"r={_nonce},s={Convert.ToBase64String(salt)},i={Iterations}");
        return Encoding.UTF8.GetBytes(_serverFirst);
    }

    /// <summary>Checks the client's proof and gives the server's.</summary>
    /// <exception cref="SimulatedFailureException">The proof is wrong.</exception>
    public byte[] Finish(byte[] message)
    {
        ScramCredential credential = _credential ?? throw Failed();
        string text = Encoding.UTF8.GetString(message);
        int proofAt = text.LastIndexOf(",p=", StringComparison.Ordinal);
        if (proofAt < 0 || Attribute(text, 'r') != _nonce || Attribute(text, 'c') != Convert.ToBase64String(Encoding.UTF8.GetBytes(_header)))
            throw Failed();
        byte[] signed = Encoding.UTF8.GetBytes($"{_clientFirst},{_serverFirst},{text[..proofAt]}");
        byte[] key = HMACSHA256.HashData(credential.StoredKey, signed);
        byte[] proof = new byte[key.Length];
        if (!Convert.TryFromBase64String(text[(proofAt + 3)..], proof, out int length) || length != proof.Length)
            throw Failed();
        for (int i = 0; i < key.Length; i++)
            key[i] ^= proof[i];
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(key), credential.StoredKey))
            throw Failed();
        return Encoding.UTF8.GetBytes("v=" + Convert.ToBase64String(HMACSHA256.HashData(credential.ServerKey, signed)));
    }

    private static string Attribute(string message, char name)
    {
        foreach (string part in message.Split(','))
        {
            if (part.Length > 1 && part[0] == name && part[1] == '=')
                return part[2..];
        }
        throw Failed();
    }

    private static SimulatedFailureException Failed() => new(ErrorNumber.AuthFailed, ErrorDomain.Rpc, null);
}
