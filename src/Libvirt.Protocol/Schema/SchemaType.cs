using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>A type of the protocol as data: it turns JSON into XDR and XDR into JSON.</summary>
public abstract class SchemaType
{
    private protected SchemaType(string name)
    {
        Name = name;
    }

    /// <summary>The type as the <c>.x</c> files write it, such as <c>unsigned hyper</c> or <c>remote_nonnull_domain</c>.</summary>
    public string Name { get; }

    /// <summary>How the value stands in JSON, with its limits, in words for a person.</summary>
    public abstract string Json { get; }

    /// <summary>Whether a field of this type may be left out: it is then null.</summary>
    public virtual bool IsOptional => false;

    /// <summary>The fewest bytes of a value on the wire.</summary>
    internal abstract int MinimumWireSize { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Writes a JSON value.</summary>
    /// <exception cref="SchemaException">It is not of this type.</exception>
    internal abstract void Write(JsonElement value, FieldPath path, ref XdrWriter writer);

    /// <summary>Reads a value and writes it as JSON.</summary>
    /// <exception cref="ProtocolException">The bytes are not such a value.</exception>
    internal abstract void Read(ref XdrReader reader, Utf8JsonWriter json);

    private protected SchemaException Wrong(FieldPath path) => new(path, $"it must be {Json}.");
}
