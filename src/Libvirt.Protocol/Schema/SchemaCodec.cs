using System.Buffers;
using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>
/// Turns JSON into payloads and payloads into JSON. The names are those of the <c>.x</c> files. Whole numbers are exact up to 64 bits, UUIDs
/// are texts, opaque data is base64, arrays of char are texts where they can be, a value that may be missing is null or left out.
/// </summary>
public static class SchemaCodec
{
    /// <summary>The payload of a JSON object.</summary>
    /// <param name="type">The struct; null for a procedure that has none, which takes an empty object.</param>
    /// <param name="json">The object.</param>
    /// <exception cref="SchemaException">A field is missing, unknown, given twice, of another type or out of its range.</exception>
    public static byte[] Encode(StructSchema? type, JsonElement json)
    {
        if (type is null)
        {
            return json.ValueKind == JsonValueKind.Object && json.GetPropertyCount() == 0
                ? []
                : throw new SchemaException(FieldPath.Root, "the procedure has none: give an empty object.");
        }

        ArrayBufferWriter<byte> output = new();
        XdrWriter writer = new(output);
        type.Write(json, FieldPath.Root, ref writer);
        writer.Flush();
        if (output.WrittenCount > FrameLimits.MaxPayload)
            throw new SchemaException(FieldPath.Root, $"they are {output.WrittenCount} bytes; a message may have {FrameLimits.MaxPayload}.");
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a payload as a JSON object.</summary>
    /// <param name="type">The struct; null for a procedure that has none, whose payload is empty.</param>
    /// <param name="payload">The bytes, all of them.</param>
    /// <param name="json">Takes the object. What it has taken is of no use when the payload turns out to be broken.</param>
    /// <exception cref="ProtocolException">The bytes are not such a struct.</exception>
    public static void Decode(StructSchema? type, ReadOnlySpan<byte> payload, Utf8JsonWriter json)
    {
        XdrReader reader = new(payload);
        if (type is null)
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
        else
        {
            type.Read(ref reader, json);
        }

        reader.ExpectEnd();
    }
}
