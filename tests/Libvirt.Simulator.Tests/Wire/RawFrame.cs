using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Simulator.Tests;

/// <summary>A frame as it came.</summary>
internal sealed record RawFrame(MessageHeader Header, byte[] Payload)
{
    public bool IsError => Header.Status == MessageStatus.Error;

    public RemoteError Error => XdrPayload.Read<RemoteError>(Payload);

    public T Result<T>()
        where T : IXdrReadable<T> => IsError ? throw new RefusedException(Error) : XdrPayload.Read<T>(Payload);
}
