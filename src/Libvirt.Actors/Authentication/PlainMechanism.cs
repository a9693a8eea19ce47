using System.Text;

namespace Libvirt.Authentication;

/// <summary>PLAIN (RFC 4616): the name and the password as they are. Only for transports that nobody can read.</summary>
internal sealed class PlainMechanism(LibvirtCredentials credentials) : ISaslMechanism
{
    public const string MechanismName = "PLAIN";

    public string Name => MechanismName;

    public bool IsComplete { get; private set; }

    public byte[] Start()
    {
        IsComplete = true;
        return Encoding.UTF8.GetBytes($"\0{SaslPrep.Prepare(credentials.UserName)}\0{SaslPrep.Prepare(credentials.Password)}");
    }

    public byte[]? Answer(ReadOnlySpan<byte> challenge) => throw new SaslException("the daemon asks on after all was said.");

    public void Dispose()
    {
    }
}
