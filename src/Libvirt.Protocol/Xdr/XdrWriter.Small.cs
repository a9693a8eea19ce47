namespace Libvirt.Protocol;

public ref partial struct XdrWriter
{
    /// <summary>XDR short: four bytes on the wire.</summary>
    public void WriteInt16(short value) => WriteInt32(value);

    /// <summary>XDR unsigned short: four bytes on the wire.</summary>
    public void WriteUInt16(ushort value) => WriteUInt32(value);

    /// <summary>XDR unsigned char: four bytes on the wire.</summary>
    public void WriteUnsignedChar(byte value) => WriteUInt32(value);

    /// <summary>XDR char: four bytes on the wire, with its sign.</summary>
    public void WriteChar(sbyte value) => WriteInt32(value);

    /// <summary>XDR float.</summary>
    public void WriteSingle(float value) => WriteUInt32(BitConverter.SingleToUInt32Bits(value));
}
