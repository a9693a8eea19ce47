using Libvirt.Protocol.Remote;

namespace Libvirt.Simulator.Tests;

/// <summary>A raw call was answered with an error.</summary>
internal sealed class RefusedException(RemoteError error) : Exception(error.Message)
{
    public RemoteError Error { get; } = error;
}
