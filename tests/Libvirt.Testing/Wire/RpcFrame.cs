using System.Buffers.Binary;

namespace Libvirt.Testing;

/// <summary>
/// One message as it went over the wire, or a piece of bytes that is no message. Reads only the length word and the six
/// words of the header, by itself: what judges the project's codec must not use it.
/// </summary>
/// <param name="Bytes">All bytes, the length word included.</param>
/// <param name="IsWhole">Whether this is one whole message; false for what was cut off or is not libvirt's protocol.</param>
public sealed record RpcFrame(ReadOnlyMemory<byte> Bytes, bool IsWhole)
{
    /// <summary>Bytes of the length word and the header.</summary>
    public const int PrefixSize = 28;

    /// <summary>The program's number, see <see cref="RpcProgram"/>; 0 where this is no whole message.</summary>
    public uint Program => Word(1);

    /// <summary>The program's version.</summary>
    public uint Version => Word(2);

    /// <summary>The procedure's number.</summary>
    public int Procedure => (int)Word(3);

    /// <summary>Call, reply, event, or stream.</summary>
    public RpcType Type => (RpcType)Word(4);

    /// <summary>The number that ties a reply to its call.</summary>
    public uint Serial => Word(5);

    /// <summary>Done, failed, or more to come.</summary>
    public RpcStatus Status => (RpcStatus)Word(6);

    /// <summary>What follows the header.</summary>
    public ReadOnlyMemory<byte> Payload => IsWhole ? Bytes[PrefixSize..(int)Word(0)] : ReadOnlyMemory<byte>.Empty;

    /// <inheritdoc/>
    public override string ToString() => IsWhole
        ? $"{RpcProgram.Name(Program)}/{Procedure} {Type} {Status} serial {Serial}, {Bytes.Length} bytes"
        : $"{Bytes.Length} bytes that are no whole message";

    private uint Word(int index) => IsWhole ? BinaryPrimitives.ReadUInt32BigEndian(Bytes.Span[(index * 4)..]) : 0;
}
