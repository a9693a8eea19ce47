using Libvirt.Protocol;

namespace Libvirt.Tests.Scripting;

/// <summary>A frame the client sent.</summary>
internal sealed record SentFrame(MessageHeader Header, byte[] Payload)
{
    public T Read<T>()
        where T : IXdrReadable<T> => XdrPayload.Read<T>(Payload);
}
