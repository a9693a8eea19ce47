using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>Bytes: base64 in JSON.</summary>
public sealed class OpaqueSchema : SchemaType
{
    internal OpaqueSchema(int limit, bool isFixed)
        : base("opaque")
    {
        Limit = limit;
        IsFixed = isFixed;
    }

    /// <summary>The most bytes, or their exact number.</summary>
    public int Limit { get; }

    /// <summary>Whether it is always that many bytes.</summary>
    public bool IsFixed { get; }

    /// <inheritdoc/>
    public override string Json => $"base64 of {(IsFixed ? "exactly" : "at most")} {Limit} bytes";

    internal override int MinimumWireSize => IsFixed ? (Limit + 3) & ~3 : 4;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        if (value.ValueKind != JsonValueKind.String || !value.TryGetBytesFromBase64(out byte[]? bytes)
            || bytes.Length > Limit || (IsFixed && bytes.Length != Limit))
        {
            throw Wrong(path);
        }

        if (IsFixed)
            writer.WriteFixedOpaque(bytes, Limit);
        else
            writer.WriteOpaque(bytes, Limit);
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json) =>
        json.WriteBase64StringValue(IsFixed ? reader.ReadFixedOpaque(Limit) : reader.ReadOpaque(Limit));
}
