using System.Globalization;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Maps the model's types to C#.</summary>
public sealed class WireTypes
{
    private static readonly Dictionary<string, WireType> Builtin = new()
    {
        ["int"] = Number("int", 4, "Int32", "Int32"),
        ["uint"] = Number("uint", 4, "UInt32", "UInt32"),
        ["hyper"] = Number("long", 8, "Int64", "Int64"),
        ["uhyper"] = Number("ulong", 8, "UInt64", "UInt64"),
        ["short"] = Number("short", 4, "Int16", null),
        ["ushort"] = Number("ushort", 4, "UInt16", null),
        ["char"] = Number("sbyte", 4, "Char", null),
        ["uchar"] = Number("byte", 4, "UnsignedChar", null),
        ["bool"] = Number("bool", 4, "Boolean", null),
        ["float"] = Number("float", 4, "Single", null),
        ["double"] = Number("double", 8, "Double", null),
    };

    private readonly Dictionary<string, ModelType> _types;
    private readonly Dictionary<string, long> _constants;

    /// <summary>Maps the types of a model.</summary>
    public WireTypes(ProtocolModel model, TypeNames names)
    {
        Names = names;
        _types = model.Types.ToDictionary(t => t.Name);
        _constants = model.Constants.ToDictionary(c => c.Key, c => c.Value);
    }

    /// <summary>The C# names of defined types.</summary>
    public TypeNames Names { get; }

    /// <summary>The C# form of a type in the model's notation.</summary>
    public WireType Resolve(string notation)
    {
        TypeNotation type = TypeNotation.Parse(notation);
        int size = type.Size.Length == 0 ? 0 : (int)Value(type.Size);
        return (type.Element, type.Shape) switch
        {
            ("string", _) => Text(size),
            ("opaque", '[') when type.Size == "VIR_UUID_BUFLEN" =>
                new WireType("Guid", 16, "reader.ReadUuid()", "writer.WriteUuid({0});") { Namespace = "System" },
            ("opaque", '[') => Bytes((size + 3) & ~3, "FixedOpaque", size, $"Exactly {size} bytes."),
            ("opaque", _) => Bytes(4, "Opaque", size, $"At most {size} bytes."),
            ("char", '[') => Bytes(4 * size, "FixedChars", size, $"Exactly {size} characters, one byte each."),
            ("char", '<') => Bytes(4, "Chars", size, $"At most {size} characters, one byte each."),
            (_, '\0') => Element(type.Element),
            (_, '*') => Optional(Element(type.Element)),
            (_, '<') => Array(Element(type.Element), size, notation),
            _ => throw new NotSupportedException($"The generator does not know how to write '{notation}'."),
        };
    }

    /// <summary>The value of a number or a constant.</summary>
    public long Value(string text) =>
        char.IsAsciiDigit(text[0]) || text[0] == '-' ? long.Parse(text, CultureInfo.InvariantCulture) : _constants[text];

    /// <summary>The fewest bytes of a struct's fields.</summary>
    public int Minimum(IEnumerable<ModelField> fields) => fields.Sum(f => Resolve(f.Type).Minimum);

    private WireType Element(string name) => Builtin.TryGetValue(name, out WireType? builtin) ? builtin : Defined(_types[name]);

    private WireType Defined(ModelType type)
    {
        if (type is ModelTypedef typedef)
            return Resolve(typedef.Type);
        string name = Names.Name(type.Name);
        if (type is ModelEnum)
        {
            return new WireType(name, 4, $"{name}Codec.Read(ref reader)", "writer.WriteInt32((int){0});")
            {
                Namespace = Names.Namespace(type.Name),
                Array = new ArrayCode($"{name}Codec.ReadArray(ref reader, {{1}})", $"{name}Codec.WriteArray(ref writer, {{0}}, {{1}});"),
            };
        }

        int minimum = type is ModelUnion union
            ? 4 + union.Arms.Min(a => a.Field is null ? 0 : Resolve(a.Field.Type).Minimum)
            : Minimum(((ModelStruct)type).Fields);
        return new WireType(name, minimum, $"{name}.Read(ref reader)", "{0}.Write(ref writer);")
        {
            Namespace = Names.Namespace(type.Name),
            IsStruct = true,
            IsValue = !Names.IsMessage(type.Name),
            Array = new ArrayCode($"reader.ReadArray<{name}>({{1}})", "writer.WriteArray({0}, {1});"),
        };
    }

    private static WireType Optional(WireType inner)
    {
        if (inner.CSharp == "string")
        {
            return inner with
            {
                CSharp = "string?",
                Read = inner.Read.Replace("ReadString", "ReadOptionalString", StringComparison.Ordinal),
                Write = inner.Write.Replace("WriteString", "WriteOptionalString", StringComparison.Ordinal),
                Limits = inner.Limits + " May be null.",
                Array = null,
            };
        }

        return inner with
        {
            CSharp = inner.CSharp + "?",
            Minimum = 4,
            Read = $"reader.ReadBoolean() ? {inner.Read} : null",
            Write = inner.IsStruct ? "writer.WriteOptional({0});" : throw new NotSupportedException($"An optional {inner.CSharp} is not known."),
            Limits = "May be null.",
            IsStruct = false,
            Array = null,
        };
    }

    private static WireType Array(WireType element, int limit, string notation)
    {
        ArrayCode code = element.Array ?? throw new NotSupportedException($"The generator does not know how to write '{notation}'.");
        string text = limit.ToString(CultureInfo.InvariantCulture);
        string each = element.CSharp == "string" ? "Each " + char.ToLowerInvariant(element.Limits[0]) + element.Limits[1..] : "";
        return new WireType(
            element.CSharp + "[]",
            4,
            string.Format(CultureInfo.InvariantCulture, code.Read, "", text),
            string.Format(CultureInfo.InvariantCulture, code.Write, "{0}", text),
            $"At most {limit} elements. {each}".TrimEnd())
        {
            Namespace = element.Namespace,
            IsValue = false,
        };
    }

    private static WireType Number(string type, int size, string method, string? array) =>
        new(type, size, $"reader.Read{method}()", $"writer.Write{method}({{0}});")
        {
            Array = array is null ? null : new ArrayCode($"reader.Read{array}Array({{1}})", $"writer.Write{array}Array({{0}}, {{1}});"),
        };

    private static WireType Text(int limit) =>
        new("string", 4, $"reader.ReadString({limit})", $"writer.WriteString({{0}}, {limit});", $"At most {limit} bytes of UTF-8.")
        {
            IsValue = false,
            Array = new ArrayCode($"reader.ReadStringArray({{1}}, {limit})", $"writer.WriteStringArray({{0}}, {{1}}, {limit});"),
        };

    private static WireType Bytes(int minimum, string method, int size, string limits) =>
        new("byte[]", minimum, $"reader.Read{method}({size})", $"writer.Write{method}({{0}}, {size});", limits) { IsValue = false };
}
