using System.Globalization;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Maps what replies carry to the object model's types, and writes a record struct for each struct among them.</summary>
internal sealed class ResultTypes
{
    private const string Folder = "src/Libvirt.Actors/Objects/Generated/Results";

    private readonly Emission _emission;
    private readonly Dictionary<string, ModelType> _types;
    private readonly Dictionary<string, string> _written = [];
    private readonly HashSet<string> _structs = [];

    public ResultTypes(Emission emission)
    {
        _emission = emission;
        _types = emission.Model.Types.ToDictionary(t => t.Name);
    }

    /// <summary>The object model's form of a field.</summary>
    public ValueCode Field(ModelStruct owner, ModelField field)
    {
        string key = $"{owner.Name}.{field.Name}";
        if (_emission.Overrides.Find("resultEnums", key) is string type)
        {
            string name = _emission.Naming.Pascal(ApiEnumEmitter.TypeName(type));
            return new ValueCode(name, $"({name}){{0}}");
        }

        if (_emission.Overrides.Lists("booleanFields", key) || _emission.Overrides.Lists("booleanFields", field.Name))
            return new ValueCode("bool", "{0} != 0");
        return Value(field.Type);
    }

    /// <summary>The record struct of a struct with several fields; written once.</summary>
    public string Record(ModelStruct type)
    {
        string name = Name(type.Name);
        if (!_structs.Add(type.Name))
            return name;
        string? flag = _emission.Overrides.Find("nullWhenZero", type.Name);
        IReadOnlyList<ModelField> fields = [.. type.Fields.Where(f => !IsCount(type, f) && f.Name != flag)];
        CodeWriter code = new("Libvirt", "Libvirt.Protocol.Remote");
        List<(string Name, string Wire, ValueCode Value)> values =
            [.. fields.Select(f => (Property(f), _emission.TypeNames.Field(type.Name, f.Name), Field(type, f)))];
        string parameters = string.Join(", ", values.Select(v => $"{v.Value.CSharp} {v.Name}"));
        bool further = _written.TryGetValue(name, out string? known);
        if (!further)
        {
            code.Summary($"{_emission.Text("resultDocs", name)} On the wire <c>{type.Name}</c>.");
            foreach ((string property, _, _) in values)
                code.Line($"/// <param name=\"{property}\">{_emission.Text("fieldDocs", $"{name}.{property}", property)}</param>");
        }
        else if (known != parameters)
        {
            throw new InvalidOperationException($"{type.Name} and another struct would both be {name}; name one in the overrides.");
        }

        if (further)
            code.Gap();
        code.Line($"public readonly partial record struct {name}{(further ? "" : $"({parameters})")}");
        code.Line("{");
        code.Line($"internal static {name} From(Hypervisor hypervisor, {_emission.TypeNames.Name(type.Name)} wire) =>");
        IEnumerable<string> made = values.Select(v => string.Format(CultureInfo.InvariantCulture, v.Value.Convert, $"wire.{v.Wire}"));
        code.Indented($"new({string.Join(", ", made)});");
        code.Line("}");
        _written[name] = parameters;
        _emission.Add($"{Folder}/{name}{(further ? $".{_emission.TypeNames.Name(type.Name)}" : "")}.cs", code);
        return name;
    }

    /// <summary>Whether a field only counts what another field of the struct holds.</summary>
    public bool IsCount(ModelStruct type, ModelField field) =>
        field.Name is "ret" or "nparams" or "nerrors"
        && type.Fields.Any(f => f != field && f.Type.EndsWith('>'))
        && !_emission.Overrides.Lists("meaningfulCounts", $"{type.Name}.{field.Name}");

    private ValueCode Value(string notation)
    {
        TypeNotation type = TypeNotation.Parse(notation);
        while (_types.GetValueOrDefault(type.Element) is ModelTypedef typedef && type.Shape == '\0')
            type = TypeNotation.Parse(typedef.Type);
        if (type.Element == "char" && type.Shape != '\0')
            return new ValueCode("string", "WireText.FromChars({0})");
        bool list = type.Shape == '<' && type.Element is not ("opaque" or "string");
        ModelStruct? structure = _types.GetValueOrDefault(type.Element) as ModelStruct;
        WireType wire = _emission.Wire.Resolve(notation);
        if (type.Element == "remote_typed_param")
            return new ValueCode("TypedParameters", "new TypedParameters({0})");
        if (structure is null)
            return list ? new ValueCode($"IReadOnlyList<{wire.CSharp[..^2]}>", "{0}") : new ValueCode(wire.CSharp, "{0}");
        string name = ObjectKind.OfHandle(type.Element)?.Class ?? Record(structure);
        string make = ObjectKind.OfHandle(type.Element) is null ? $"{name}.From" : $"new {name}";
        return list
            ? new ValueCode($"IReadOnlyList<{name}>", $"ObjectLists.Map(hypervisor, {{0}}, static (h, v) => {make}(h, v))")
            : new ValueCode(name, $"{make}(hypervisor, {{0}})");
    }

    private string Name(string type)
    {
        if (_emission.Overrides.Find("resultNames", type) is string chosen)
            return chosen;
        string bare = type["remote_".Length..];
        bare = bare.EndsWith("_ret", StringComparison.Ordinal) ? bare[..^"_ret".Length] : bare;
        return _emission.Naming.Pascal(bare.Replace("_get_", "_", StringComparison.Ordinal));
    }

    private string Property(ModelField field) => _emission.Overrides.Find("propertyNames", field.Name) ?? _emission.Naming.Pascal(field.Name);

}
