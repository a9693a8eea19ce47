using System.Buffers;
using System.Buffers.Binary;
using Libvirt.Protocol;

namespace Libvirt.Tests.Scripting;

/// <summary>Whole frames as bytes.</summary>
internal static class Frames
{
    public static byte[] Encode(MessageHeader header, IXdrWritable payload)
    {
        ArrayBufferWriter<byte> buffer = new();
        XdrWriter writer = new(buffer);
        writer.WriteUInt32(0);
        header.Write(ref writer);
        payload.Write(ref writer);
        writer.Flush();
        byte[] bytes = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        return bytes;
    }
}
