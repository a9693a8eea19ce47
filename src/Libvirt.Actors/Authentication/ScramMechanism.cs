using System.Security.Cryptography;
using System.Text;

namespace Libvirt.Authentication;

/// <summary>
/// SCRAM (RFC 5802, RFC 7677) without channel binding: both ends prove that they know the password, and it never travels.
/// </summary>
internal sealed class ScramMechanism(string name, HashAlgorithmName hash, LibvirtCredentials credentials, string? nonce = null) : ISaslMechanism
{
    private const string NoChannelBinding = "n,,";
    private const int NonceBytes = 24;

    // Fewer would make a stolen exchange cheap to search; more would let a peer keep our processor busy.
    private const int MinIterations = 4096;
    private const int MaxIterations = 1_000_000;

    private readonly string _nonce = nonce ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
    private string _firstBare = "";
    private byte[]? _expectedProof;
    private bool _sentProof;

    public string Name => name;

    public bool IsComplete { get; private set; }

    public byte[] Start()
    {
        string user = SaslPrep.Prepare(credentials.UserName).Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
        _firstBare = $"n={user},r={_nonce}";
        return Encoding.UTF8.GetBytes(NoChannelBinding + _firstBare);
    }

    public byte[]? Answer(ReadOnlySpan<byte> challenge)
    {
        string text = Encoding.UTF8.GetString(challenge);
        if (!_sentProof)
            return Prove(text);
        if (IsComplete)
            throw new SaslException("the daemon asks on after all was said.");
        CheckProof(ScramMessage.Parse(text));
        IsComplete = true;
        return null;
    }

    public void Dispose()
    {
        if (_expectedProof is not null)
            CryptographicOperations.ZeroMemory(_expectedProof);
    }

    private byte[] Prove(string serverFirst)
    {
        ScramMessage message = ScramMessage.Parse(serverFirst);
        string nonce = message['r'];
        if (nonce.Length <= _nonce.Length || !nonce.StartsWith(_nonce, StringComparison.Ordinal))
            throw new SaslException("the daemon's nonce does not continue ours.");
        byte[] salt = message.Bytes('s');
        int iterations = message.Number('i');
        if (iterations is < MinIterations or > MaxIterations)
            throw new SaslException($"the daemon wants {iterations} iterations; {MinIterations} to {MaxIterations} are accepted.");

        string withoutProof = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(NoChannelBinding))},r={nonce}";
        byte[] exchange = Encoding.UTF8.GetBytes($"{_firstBare},{serverFirst},{withoutProof}");
        byte[] password = Encoding.UTF8.GetBytes(SaslPrep.Prepare(credentials.Password));
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, hash, CryptographicOperations.HashData(hash, []).Length);
        byte[] clientKey = CryptographicOperations.HmacData(hash, salted, "Client Key"u8);
        byte[] proof = CryptographicOperations.HmacData(hash, CryptographicOperations.HashData(hash, clientKey), exchange);
        for (int i = 0; i < proof.Length; i++)
            proof[i] ^= clientKey[i];
        _expectedProof = CryptographicOperations.HmacData(hash, CryptographicOperations.HmacData(hash, salted, "Server Key"u8), exchange);
        CryptographicOperations.ZeroMemory(password);
        CryptographicOperations.ZeroMemory(salted);
        CryptographicOperations.ZeroMemory(clientKey);
        _sentProof = true;
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }

    private void CheckProof(ScramMessage message)
    {
        if (message.Find('e') is { } error)
            throw new SaslException($"the daemon says '{error}'.");
        if (!CryptographicOperations.FixedTimeEquals(message.Bytes('v'), _expectedProof))
            throw new SaslException("the daemon does not know the password itself. It may not be the daemon it claims to be.");
    }
}
