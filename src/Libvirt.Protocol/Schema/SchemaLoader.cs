using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>Builds the schema from the generator's model, which is embedded in this assembly.</summary>
internal sealed class SchemaLoader
{
    private const string Resource = "Libvirt.Protocol.protocol.json";

    private readonly Dictionary<string, JsonElement> _definitions = [];
    private readonly Dictionary<string, SchemaType> _types = [];
    private readonly Dictionary<string, int> _constants = [];

    private SchemaLoader(JsonElement root)
    {
        foreach (JsonProperty constant in root.GetProperty("constants").EnumerateObject())
        {
            if (constant.Value.TryGetInt32(out int value))
                _constants.Add(constant.Name, value);
        }

        foreach (JsonElement type in root.GetProperty("types").EnumerateArray())
            _definitions.Add(type.EnumerateObject().First().Value.GetString()!, type);
    }

    public static ProtocolSchema Load()
    {
        using Stream stream = typeof(SchemaLoader).Assembly.GetManifestResourceStream(Resource)!;
        using JsonDocument document = JsonDocument.Parse(stream);
        JsonElement root = document.RootElement.Clone();
        SchemaLoader loader = new(root);
        return new ProtocolSchema(
            root.GetProperty("libvirt").GetString()!,
            [.. root.GetProperty("programs").EnumerateArray().Select(loader.Program)]);
    }

    private ProgramSchema Program(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.GetProperty("number").GetUInt32(),
        json.GetProperty("version").GetUInt32(),
        program => [.. json.GetProperty("procedures").EnumerateArray().Select(p => Procedure(program, p))]);

    private ProcedureSchema Procedure(ProgramSchema program, JsonElement json)
    {
        string? function = Text(json, "function");
        return new ProcedureSchema(program)
        {
            Number = json.GetProperty("number").GetInt32(),
            Name = json.GetProperty("name").GetString()!,
            Function = function,
            Documentation = function is null ? null : new Uri($"https://libvirt.org/html/libvirt-{Text(json, "page")}.html#{function}"),
            Since = Text(json, "since"),
            Traits = SchemaTraits.Read(json),
            Arguments = Struct(Text(json, "args")),
            Result = Struct(Text(json, "ret")),
            Message = Struct(Text(json, "msg")),
        };
    }

    private StructSchema? Struct(string? name) => name is null ? null : (StructSchema)Named(name);

    private SchemaType Named(string name)
    {
        if (IntegerSchema.All.TryGetValue(name, out SchemaType? integer))
            return integer;
        if (!_types.TryGetValue(name, out SchemaType? type))
            _types[name] = type = Create(name);
        return type;
    }

    private SchemaType Create(string name) => name switch
    {
        "bool" => new BooleanSchema(),
        "float" or "double" => new DoubleSchema(name == "float"),
        _ => Define(_definitions[name], name),
    };

    private SchemaType Define(JsonElement json, string name)
    {
        if (json.TryGetProperty("is", out JsonElement other))
            return Notation(other.GetString()!, name);
        if (json.TryGetProperty("members", out JsonElement members))
            return new EnumSchema(name, members.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetInt32()));
        if (json.TryGetProperty("cases", out JsonElement cases))
            return new UnionSchema(name, json.GetProperty("by").EnumerateObject().Single().Name, Cases(cases));
        // Fields are resolved when they are asked for: most callers need a handful of the hundreds of structs.
        return new StructSchema(name, () => Fields(json.GetProperty("fields")));
    }

    private List<UnionCase> Cases(JsonElement cases)
    {
        List<JsonProperty> all = [.. cases.EnumerateObject()];
        int prefix = CommonPrefix([.. all.Select(c => c.Name)]);
        return [.. all.Select(Case)];

        UnionCase Case(JsonProperty json) =>
            new(json.Name[prefix..].ToLowerInvariant(), json.Name, _constants[json.Name], Field(json.Value.EnumerateObject().Single()));
    }

    private List<FieldSchema> Fields(JsonElement fields)
    {
        lock (_types)
            return [.. fields.EnumerateObject().Select(Field)];
    }

    private FieldSchema Field(JsonProperty field) => new(field.Name, Notation(field.Value.GetString()!, null));

    private SchemaType Notation(string text, string? name)
    {
        int mark = text.AsSpan().IndexOfAny('*', '[', '<');
        if (mark < 0)
            return Named(text);
        string element = text[..mark];
        if (text[mark] == '*')
            return new OptionalSchema(name ?? text, Named(element));
        string size = text[(mark + 1)..^1];
        int limit = char.IsAsciiDigit(size[0]) ? int.Parse(size, System.Globalization.CultureInfo.InvariantCulture) : _constants[size];
        bool isFixed = text[mark] == '[';
        return element switch
        {
            "string" => new StringSchema(limit),
            "opaque" when isFixed && size == "VIR_UUID_BUFLEN" => new UuidSchema(name ?? text),
            "opaque" => new OpaqueSchema(limit, isFixed),
            "char" => new CharsSchema(limit, isFixed),
            _ => new ArraySchema(name ?? text, Named(element), limit),
        };
    }

    private static int CommonPrefix(string[] names)
    {
        int length = names[0].LastIndexOf('_') + 1;
        while (length > 0 && !names.All(n => n.StartsWith(names[0][..length], StringComparison.Ordinal)))
            length = names[0].LastIndexOf('_', length - 2) + 1;
        return length;
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
