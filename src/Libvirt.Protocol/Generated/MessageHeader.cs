namespace Libvirt.Protocol;

/// <summary>The header of every message.</summary>
public readonly record struct MessageHeader(uint Program, uint Version, int Procedure, MessageType Type, uint Serial, MessageStatus Status)
    : IXdrWritable, IXdrReadable<MessageHeader>
{
    /// <inheritdoc/>
    public static int MinimumWireSize => 24;

    /// <inheritdoc/>
    public static MessageHeader Read(ref XdrReader reader) =>
        new(reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadInt32(), (MessageType)reader.ReadInt32(), reader.ReadUInt32(), (MessageStatus)reader.ReadInt32());

    /// <inheritdoc/>
    public void Write(ref XdrWriter writer)
    {
        writer.WriteUInt32(Program);
        writer.WriteUInt32(Version);
        writer.WriteInt32(Procedure);
        writer.WriteInt32((int)Type);
        writer.WriteUInt32(Serial);
        writer.WriteInt32((int)Status);
    }
}

/// <summary>virNetMessageType.</summary>
public enum MessageType
{
    /// <summary>A call.</summary>
    Call = 0,

    /// <summary>A reply.</summary>
    Reply = 1,

    /// <summary>An event.</summary>
    Message = 2,

    /// <summary>Stream data or control.</summary>
    Stream = 3,

    /// <summary>A call with file descriptors.</summary>
    CallWithFds = 4,

    /// <summary>A reply with file descriptors.</summary>
    ReplyWithFds = 5,

    /// <summary>A hole in a sparse stream.</summary>
    StreamHole = 6,
}

/// <summary>virNetMessageStatus.</summary>
public enum MessageStatus
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>Failed.</summary>
    Error = 1,

    /// <summary>More follows.</summary>
    Continue = 2,
}
