using Libvirt.Protocol;

namespace Libvirt.Cli.Calling;

/// <summary>Arguments that were encoded before the call: what is wrong with them is known before anything is sent.</summary>
internal sealed class RawArguments(byte[] payload) : IXdrWritable
{
    public void Write(ref XdrWriter writer) => writer.WriteFixedOpaque(payload, payload.Length);
}
