using System.Text;
using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>
/// An array of char. In JSON a text, its UTF-8 bytes being the characters; NULs at the end go without saying and fill up an array of fixed
/// size. What is no such text stands as <c>{"base64": "..."}</c>, which is also taken.
/// </summary>
public sealed class CharsSchema : SchemaType
{
    private const string Base64 = "base64";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal CharsSchema(int limit, bool isFixed)
        : base("char")
    {
        Limit = limit;
        IsFixed = isFixed;
    }

    /// <summary>The most characters, or their exact number.</summary>
    public int Limit { get; }

    /// <summary>Whether it is always that many characters.</summary>
    public bool IsFixed { get; }

    /// <inheritdoc/>
    public override string Json => $"a text of at most {Limit} bytes, or {{\"base64\": ...}} of {(IsFixed ? "exactly" : "at most")} {Limit} bytes";

    internal override int MinimumWireSize => IsFixed ? 4 * Limit : 4;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        byte[] bytes = Bytes(value, path);
        if (bytes.Length > Limit)
            throw Wrong(path);
        if (IsFixed)
            writer.WriteFixedChars(bytes, Limit);
        else
            writer.WriteChars(bytes, Limit);
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json)
    {
        byte[] bytes = IsFixed ? reader.ReadFixedChars(Limit) : reader.ReadChars(Limit);
        ReadOnlySpan<byte> text = bytes.AsSpan().TrimEnd((byte)0);
        if (IsText(text))
        {
            json.WriteStringValue(text);
            return;
        }

        json.WriteStartObject();
        json.WriteBase64String(Base64, bytes);
        json.WriteEndObject();
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                return false;
        }

        return System.Text.Unicode.Utf8.IsValid(bytes);
    }

    private byte[] Bytes(JsonElement value, FieldPath path)
    {
        if (JsonText.TryGet(value, out string? text))
        {
            byte[] bytes = Utf8.GetBytes(text);
            if (IsFixed && bytes.Length < Limit)
                Array.Resize(ref bytes, Limit);
            return bytes;
        }

        if (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 1 && value.TryGetProperty(Base64, out JsonElement encoded)
            && encoded.ValueKind == JsonValueKind.String && encoded.TryGetBytesFromBase64(out byte[]? decoded)
            && (!IsFixed || decoded.Length == Limit))
        {
            return decoded;
        }

        throw Wrong(path);
    }
}
