using System.Buffers;
using System.Buffers.Binary;
using Libvirt.Protocol;

namespace Libvirt.Bench.Scripting;

internal static class EncodedFrame
{
    /// <summary>A whole frame as bytes.</summary>
    public static byte[] Of(MessageHeader header, IXdrWritable payload)
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
