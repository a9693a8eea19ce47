using System.Buffers;
using System.Buffers.Binary;
using Libvirt.Protocol;

namespace Libvirt.Tests.Scripting;

/// <summary>Whole frames as bytes.</summary>
internal static class Frames
{
    public static byte[] Encode(MessageHeader header, byte[] payload) => Encode(header, new RawPayload(payload));

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

    /// <summary>Bytes as they are.</summary>
    private sealed class RawPayload(byte[] bytes) : IXdrWritable
    {
        public void Write(ref XdrWriter writer)
        {
            // Test data comes in whole words, so that no padding is added.
            Assert.Equal(0, bytes.Length % 4);
            for (int i = 0; i < bytes.Length; i += 4)
                writer.WriteUInt32(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i)));
        }
    }
}
