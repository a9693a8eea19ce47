using System.Buffers;
using System.Buffers.Binary;
using System.Net.Security;

namespace Libvirt.Authentication;

/// <summary>
/// GSSAPI (RFC 4752): Kerberos with the tickets of this process's user. Ends with the choice of a security layer, which a transport without
/// protection of its own needs.
/// </summary>
internal sealed class GssapiMechanism : ISaslMechanism
{
    public const string MechanismName = "GSSAPI";

    private const byte NoLayer = 1;
    private const byte Confidentiality = 4;
    private const int OwnMaxWrapped = 0x10000;

    // What wrapping adds at most, with room to spare.
    private const int WrappingRoom = 256;

    private readonly bool _needsLayer;
    private readonly NegotiateAuthentication _context;
    private GssapiLayer? _layer;
    private bool _established;
    private bool _ownsContext = true;

    public GssapiMechanism(string host, bool needsLayer)
    {
        _needsLayer = needsLayer;
        _context = new NegotiateAuthentication(new NegotiateAuthenticationClientOptions
        {
            Package = "Kerberos",
            TargetName = $"libvirt/{host}",
            RequiredProtectionLevel = ProtectionLevel.EncryptAndSign,
            RequireMutualAuthentication = true,
        });
    }

    public string Name => MechanismName;

    public bool IsComplete { get; private set; }

    public byte[]? Start() => Advance([]);

    public byte[]? Answer(ReadOnlySpan<byte> challenge)
    {
        if (IsComplete)
            throw new SaslException("the daemon asks on after all was said.");
        return _established ? ChooseLayer(challenge) : Advance(challenge);
    }

    public ISecurityLayer? TakeLayer()
    {
        GssapiLayer? layer = _layer;
        if (layer is not null)
            _ownsContext = false;
        _layer = null;
        return layer;
    }

    public void Dispose()
    {
        if (_ownsContext)
            _context.Dispose();
    }

    private byte[] Advance(ReadOnlySpan<byte> token)
    {
        byte[]? answer = _context.GetOutgoingBlob(token, out NegotiateAuthenticationStatusCode status);
        if (status is not (NegotiateAuthenticationStatusCode.Completed or NegotiateAuthenticationStatusCode.ContinueNeeded))
            throw new SaslException($"Kerberos says {status}. Does klist show a valid ticket of this user, and does the realm know the daemon's service?");
        _established = status == NegotiateAuthenticationStatusCode.Completed;
        return answer ?? [];
    }

    private byte[] ChooseLayer(ReadOnlySpan<byte> challenge)
    {
        ReadOnlySpan<byte> offer = Unwrap(challenge);
        if (offer.Length != sizeof(uint))
            throw new SaslException("the daemon's offer of security layers is not GSSAPI's.");
        byte layers = offer[0];
        int maxWrapped = (int)(BinaryPrimitives.ReadUInt32BigEndian(offer) & 0xFFFFFF);
        byte choice = _needsLayer ? Confidentiality : NoLayer;
        if ((layers & choice) == 0 || (_needsLayer && maxWrapped <= WrappingRoom))
            throw new SaslException(_needsLayer ? "the daemon does not offer to encrypt what follows." : "the daemon insists on encrypting again what is safe already.");

        Span<byte> reply = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(reply, _needsLayer ? (uint)OwnMaxWrapped : 0);
        reply[0] = choice;
        ArrayBufferWriter<byte> wrapped = new();
        NegotiateAuthenticationStatusCode status = _context.Wrap(reply, wrapped, requestEncryption: false, out _);
        if (status != NegotiateAuthenticationStatusCode.Completed)
            throw new SaslException($"Kerberos cannot wrap the choice of a security layer: {status}.");
        if (_needsLayer)
            _layer = new GssapiLayer(_context, Math.Min(maxWrapped, OwnMaxWrapped) - WrappingRoom, OwnMaxWrapped);
        IsComplete = true;
        return wrapped.WrittenSpan.ToArray();
    }

    private ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> wrapped)
    {
        ArrayBufferWriter<byte> clear = new();
        NegotiateAuthenticationStatusCode status = _context.Unwrap(wrapped, clear, out _);
        return status == NegotiateAuthenticationStatusCode.Completed
            ? clear.WrittenSpan
            : throw new SaslException($"the daemon's offer of security layers cannot be unwrapped: {status}.");
    }
}
