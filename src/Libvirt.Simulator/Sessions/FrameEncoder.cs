using System.Buffers;
using System.Buffers.Binary;

namespace Libvirt.Simulator;

/// <summary>Writes whole frames: length word, header, payload.</summary>
internal static class FrameEncoder
{
    public static byte[] Encode(MessageHeader header, IXdrWritable body)
    {
        ArrayBufferWriter<byte> payload = new();
        XdrWriter writer = new(payload);
        body.Write(ref writer);
        writer.Flush();
        return Encode(header, payload.WrittenSpan);
    }

    public static byte[] Encode(MessageHeader header, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[FrameLimits.PrefixSize + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        XdrWriter writer = new(frame.AsSpan(FrameLimits.LengthSize, FrameLimits.HeaderSize));
        header.Write(ref writer);
        payload.CopyTo(frame.AsSpan(FrameLimits.PrefixSize));
        return frame;
    }
}
