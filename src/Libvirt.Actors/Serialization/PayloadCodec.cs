using Akka.Actor;
using Akka.Serialization;
using Libvirt.Protocol;

namespace Libvirt.Serialization;

/// <summary>
/// What users put into messages: correlation ids, the messages of an acknowledgement, the message in an envelope. Text, numbers, Guid and bool are written as they
/// are; anything else by the serializer that Akka.NET has for it.
/// </summary>
internal sealed class PayloadCodec(ExtendedActorSystem system)
{
    /// <summary>The most bytes that a value may take.</summary>
    public const int Limit = 64 * 1024 * 1024;

    private enum Form
    {
        Null,
        Text,
        Int32,
        Int64,
        Guid,
        Boolean,
        Other,
    }

    public void Write(ref XdrWriter writer, object? value)
    {
        Form form = FormOf(value);
        writer.WriteInt32((int)form);
        switch (form)
        {
            case Form.Text:
                writer.WriteString((string)value!, Limit, "a text");
                break;
            case Form.Int32:
                writer.WriteInt32((int)value!);
                break;
            case Form.Int64:
                writer.WriteInt64((long)value!);
                break;
            case Form.Guid:
                writer.WriteUuid((Guid)value!);
                break;
            case Form.Boolean:
                writer.WriteBoolean((bool)value!);
                break;
            case Form.Other:
                WriteOther(ref writer, value!);
                break;
            default:
                break;
        }
    }

    public object? Read(ref XdrReader reader) => (Form)reader.ReadInt32() switch
    {
        Form.Null => null,
        Form.Text => reader.ReadString(Limit),
        Form.Int32 => reader.ReadInt32(),
        Form.Int64 => reader.ReadInt64(),
        Form.Guid => reader.ReadUuid(),
        Form.Boolean => reader.ReadBoolean(),
        Form.Other => ReadOther(ref reader),
        _ => throw new ProtocolException("A value has a form that does not exist."),
    };

    /// <summary>A value that cannot be null.</summary>
    public object ReadPresent(ref XdrReader reader) => Read(ref reader) ?? throw new ProtocolException("A value is null that must not be.");

    public static void WriteActor(ref XdrWriter writer, IActorRef actor) =>
        writer.WriteString(Akka.Serialization.Serialization.SerializedActorPath(actor), Limit, "the path of an actor");

    public IActorRef ReadActor(ref XdrReader reader) => system.Provider.ResolveActorRef(reader.ReadString(Limit));

    // A text with a NUL has no form in XDR.
    private static Form FormOf(object? value) => value switch
    {
        null => Form.Null,
        string text when !text.Contains('\0', StringComparison.Ordinal) => Form.Text,
        int => Form.Int32,
        long => Form.Int64,
        Guid => Form.Guid,
        bool => Form.Boolean,
        _ => Form.Other,
    };

    private void WriteOther(ref XdrWriter writer, object value)
    {
        Serializer serializer = system.Serialization.FindSerializerFor(value);
        writer.WriteInt32(serializer.Identifier);
        writer.WriteString(Akka.Serialization.Serialization.ManifestFor(serializer, value), Limit, "the manifest of a value");
        writer.WriteOpaque(serializer.ToBinary(value), Limit, "a value");
    }

    private object ReadOther(ref XdrReader reader)
    {
        int serializer = reader.ReadInt32();
        string manifest = reader.ReadString(Limit);
        return system.Serialization.Deserialize(reader.ReadOpaque(Limit), serializer, manifest);
    }
}
