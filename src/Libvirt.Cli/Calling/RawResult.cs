using Libvirt.Protocol;

namespace Libvirt.Cli.Calling;

/// <summary>A result as the daemon sent it, to be read by the schema.</summary>
internal sealed class RawResult(byte[] payload) : IXdrReadable<RawResult>
{
    public static int MinimumWireSize => 0;

    public byte[] Payload { get; } = payload;

    public static RawResult Read(ref XdrReader reader) => new(reader.ReadFixedOpaque((int)reader.Remaining));
}
