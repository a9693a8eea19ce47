namespace Libvirt.Protocol;

public ref partial struct XdrReader
{
    /// <summary>XDR short: four bytes on the wire.</summary>
    public short ReadInt16()
    {
        int value = ReadInt32();
        return value is >= short.MinValue and <= short.MaxValue ? (short)value : throw Outside(value, "short");
    }

    /// <summary>XDR unsigned short: four bytes on the wire.</summary>
    public ushort ReadUInt16()
    {
        uint value = ReadUInt32();
        return value <= ushort.MaxValue ? (ushort)value : throw Outside(value, "unsigned short");
    }

    /// <summary>XDR unsigned char: four bytes on the wire.</summary>
    public byte ReadUnsignedChar()
    {
        uint value = ReadUInt32();
        return value <= byte.MaxValue ? (byte)value : throw Outside(value, "unsigned char");
    }

    /// <summary>XDR char: four bytes on the wire. Whether it has a sign depends on the daemon's machine, so both forms are taken.</summary>
    public sbyte ReadChar()
    {
        int value = ReadInt32();
        return value is >= sbyte.MinValue and <= byte.MaxValue ? unchecked((sbyte)value) : throw Outside(value, "char");
    }

    /// <summary>XDR float.</summary>
    public float ReadSingle() => BitConverter.UInt32BitsToSingle(ReadUInt32());

    private static ProtocolException Outside(long value, string type) => new($"{value} does not fit into {type}.");
}
