using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>An enum of the wire: its member's name in JSON; its number is taken too.</summary>
public sealed class EnumSchema : SchemaType
{
    internal EnumSchema(string name, IReadOnlyDictionary<string, int> members)
        : base(name)
    {
        Members = members;
    }

    /// <summary>The members and their numbers.</summary>
    public IReadOnlyDictionary<string, int> Members { get; }

    /// <inheritdoc/>
    public override string Json => $"one of {string.Join(", ", Members.Keys)}";

    internal override int MinimumWireSize => 4;

    internal override void Write(JsonElement value, FieldPath path, ref XdrWriter writer)
    {
        if (JsonText.TryGet(value, out string? name) && Members.TryGetValue(name, out int member))
            writer.WriteInt32(member);
        else if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && Members.Values.Contains(number))
            writer.WriteInt32(number);
        else
            throw Wrong(path);
    }

    internal override void Read(ref XdrReader reader, Utf8JsonWriter json)
    {
        int number = reader.ReadInt32();
        foreach ((string name, int value) in Members)
        {
            if (value == number)
            {
                json.WriteStringValue(name);
                return;
            }
        }

        throw new ProtocolException($"{number} is no {Name}.");
    }
}
