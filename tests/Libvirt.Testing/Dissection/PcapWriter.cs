using System.Buffers.Binary;

namespace Libvirt.Testing;

/// <summary>
/// Writes recorded messages as a capture file: each connection becomes a TCP conversation with libvirt's port, each message
/// one segment, or several where it is too long for one.
/// </summary>
internal sealed class PcapWriter
{
    private const uint Magic = 0xa1b2c3d4;
    private const uint LinkTypeRawIp = 101;
    private const int SnapLength = 262144;
    private const ushort LibvirtPort = 16509;
    private const int FirstClientPort = 40000;
    private const int SegmentSize = 32768;
    private const byte Syn = 0x02;
    private const byte Ack = 0x10;
    private const byte PushAck = 0x18;

    private readonly Stream _file;
    private readonly Dictionary<int, Conversation> _conversations = [];

    private PcapWriter(Stream file) => _file = file;

    /// <summary>Writes a whole capture file.</summary>
    public static void Write(string path, IEnumerable<RecordedFrame> frames)
    {
        using FileStream file = File.Create(path);
        PcapWriter writer = new(file);
        writer.WriteFileHeader();
        foreach (RecordedFrame frame in frames)
            writer.WriteFrame(frame);
    }

    private void WriteFileHeader()
    {
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32BigEndian(header, Magic);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], 4);
        header[8..16].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], SnapLength);
        BinaryPrimitives.WriteUInt32BigEndian(header[20..], LinkTypeRawIp);
        _file.Write(header);
    }

    private void WriteFrame(RecordedFrame frame)
    {
        if (!_conversations.TryGetValue(frame.Connection, out Conversation? conversation))
        {
            conversation = new Conversation((ushort)(FirstClientPort + frame.Connection));
            _conversations.Add(frame.Connection, conversation);
            WriteSegment(conversation, isFromClient: true, Syn, [], frame.At);
            WriteSegment(conversation, isFromClient: false, Syn | Ack, [], frame.At);
            WriteSegment(conversation, isFromClient: true, Ack, [], frame.At);
        }
        ReadOnlySpan<byte> rest = frame.Frame.Bytes.Span;
        while (!rest.IsEmpty)
        {
            int length = Math.Min(rest.Length, SegmentSize);
            WriteSegment(conversation, frame.IsFromClient, PushAck, rest[..length], frame.At);
            rest = rest[length..];
        }
    }

    private void WriteSegment(Conversation conversation, bool isFromClient, byte flags, ReadOnlySpan<byte> data, DateTimeOffset at)
    {
        const int ipSize = 20;
        const int tcpSize = 20;
        Span<byte> packet = new byte[16 + ipSize + tcpSize + data.Length];
        uint length = (uint)(packet.Length - 16);
        long microseconds = at.ToUnixTimeMilliseconds() * 1000 + at.Microsecond;
        BinaryPrimitives.WriteUInt32BigEndian(packet, (uint)(microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], (uint)(microseconds % 1_000_000));
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], length);
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], length);

        Span<byte> ip = packet.Slice(16, ipSize);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)length);
        ip[8] = 64;
        ip[9] = 6;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], isFromClient ? 0x7f000001u : 0x7f000002u);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], isFromClient ? 0x7f000002u : 0x7f000001u);

        Span<byte> tcp = packet.Slice(16 + ipSize, tcpSize);
        ref uint sent = ref conversation.Sent[isFromClient ? 0 : 1];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, isFromClient ? conversation.ClientPort : LibvirtPort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], isFromClient ? LibvirtPort : conversation.ClientPort);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sent);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], flags == Syn ? 0 : conversation.Sent[isFromClient ? 1 : 0]);
        tcp[12] = tcpSize / 4 << 4;
        tcp[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue);
        sent += (uint)data.Length + ((flags & Syn) != 0 ? 1u : 0u);

        data.CopyTo(packet[(16 + ipSize + tcpSize)..]);
        _file.Write(packet);
    }

    private sealed record Conversation(ushort ClientPort)
    {
        /// <summary>The next sequence numbers: the client's, the daemon's.</summary>
        public uint[] Sent { get; } = [1000, 2000];
    }
}
