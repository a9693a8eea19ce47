using System.Globalization;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>A parameter of a method of the object model.</summary>
internal sealed record MethodParameter(string Name, string CSharp, string? Default, string Documentation);

/// <summary>What a method asks its caller for, and how the wire's arguments are filled from that.</summary>
internal sealed class MethodArguments
{
    private readonly Emission _emission;
    private readonly ApiFunction _function;
    private readonly ModelProcedure _procedure;
    private readonly ModelStruct? _ret;
    private readonly List<MethodParameter> _parameters = [];
    private readonly List<string> _assignments = [];

    public MethodArguments(Emission emission, ModelProcedure procedure, ApiFunction function, ObjectKind owner, ModelStruct? args, ModelStruct? ret)
    {
        _emission = emission;
        _function = function;
        _procedure = procedure;
        _ret = ret;
        bool first = owner.Handle.Length > 0;
        foreach (ModelField field in args?.Fields ?? [])
        {
            string value = first ? Handle(owner, field) : Value(field);
            first = false;
            _assignments.Add($"{emission.TypeNames.Field(args!.Name, field.Name)} = {value}");
        }
    }

    /// <summary>The parameters, those with a default at the end as C# wants it.</summary>
    public IReadOnlyList<MethodParameter> Parameters
    {
        get
        {
            List<MethodParameter> ordered = [.. _parameters.OrderBy(Place)];
            int required = ordered.FindLastIndex(p => p.Default is null);
            return [.. ordered.Select((p, i) => i < required ? p with { Default = null } : p)];
        }
    }

    /// <summary>Whether the count is asked for first: the procedure answers a count of 0 with how many there are.</summary>
    public bool AsksCount { get; private set; }

    /// <summary>The initializer of the wire's arguments, with <c>{0}</c> for the count of parameters.</summary>
    public string Initializer => _assignments.Count == 0 ? "" : $"new() {{ {string.Join(", ", _assignments)} }}";

    private int Place(MethodParameter parameter) =>
        parameter.Name == "flags" ? 1 : _emission.Overrides.Lists("lastParameters", parameter.Name) ? 2 : 0;

    private string Handle(ObjectKind owner, ModelField field)
    {
        if (field.Type == owner.Handle)
            return "Handle";
        if (owner.Class == "NodeDevice" && field.Name == "name")
            return "Handle.Name";
        throw new InvalidOperationException($"{_procedure.Name} should begin with {owner.Handle}, not {field.Type}.");
    }

    private string Value(ModelField field)
    {
        switch (field.Name)
        {
            case "flags":
                return Flags();
            case "need_results" or "need_map" or "need_online":
                return "1";
            case "maxnames" or "maxids" or "maxuuids" or "maxStats" or "maxerrors" or "maxcells":
                return Limit();
            case "nparams" when _ret!.Fields.Any(f => f.Name == "nparams"):
                AsksCount = true;
                return "{0}";
            case "nparams":
                return Limit();
        }

        string name = ParameterName(field);
        if (_function.Arguments.FirstOrDefault(a => a.Name == field.Name)?.Enum is string type)
        {
            string wire = _emission.Wire.Resolve(field.Type).CSharp;
            string csharp = _emission.Naming.Pascal(ApiEnumEmitter.TypeName(type));
            return Add(name, csharp, IsFlags(type) ? "0" : null, field, wire == "int" && !IsFlags(type) ? $"(int){name}" : $"({wire}){name}");
        }

        if (_emission.Overrides.Lists("booleanFields", $"{_procedure.Args}.{field.Name}") || _emission.Overrides.Lists("booleanFields", field.Name))
            return Add(name, "bool", null, field, $"{name} ? 1 : 0");
        return Plain(name, field);
    }

    private string Plain(string name, ModelField field)
    {
        TypeNotation type = TypeNotation.Parse(field.Type);
        if (ObjectKind.OfHandle(type.Element) is ObjectKind kind)
        {
            return type.Shape == '<'
                ? Add(name, $"IReadOnlyList<{kind.Class}>?", "null", field, $"ObjectLists.Handles({name}, static o => o.Handle)")
                : Add(name, kind.Class, null, field, $"{name}.Handle");
        }

        if (type.Element == "remote_typed_param")
        {
            return _emission.Overrides.Lists("optionalParameters", $"{_function.Name}.{name}")
                ? Add(name, "TypedParameters?", "null", field, $"({name} ?? TypedParameters.Empty).ToWire()")
                : Add(name, "TypedParameters", null, field, $"{name}.ToWire()");
        }

        WireType wire = _emission.Wire.Resolve(field.Type);
        if (wire.CSharp == "string[]")
            return Add(name, "IReadOnlyList<string>?", "null", field, $"[.. {name} ?? []]");
        if (wire.CSharp is "uint[]" or "ulong[]")
            return Add(name, $"IReadOnlyList<{wire.CSharp[..^2]}>", null, field, $"[.. {name}]");
        bool required = _emission.Overrides.Lists("requiredParameters", $"{_function.Name}.{name}");
        string csharp = required ? wire.CSharp.TrimEnd('?') : wire.CSharp;
        return Add(name, csharp, csharp.EndsWith('?') ? "null" : _emission.Overrides.Find("parameterDefaults", name), field, name);
    }

    private string Flags()
    {
        bool strings = (AsksCount || _emission.Overrides.Lists("stringOkay", _procedure.Name))
            && !_emission.Overrides.Lists("notStringOkay", _procedure.Name);
        ApiArgument? argument = _function.Arguments.FirstOrDefault(a => a.Name == "flags");
        if (argument?.Enum is null or "virTypedParameterFlags")
            return strings ? "(uint)TypedParameterFlags.StringOkay" : "0";
        string type = _emission.Naming.Pascal(ApiEnumEmitter.TypeName(argument.Enum));
        _parameters.Add(new MethodParameter("flags", type, "0", "Modifies the call; none by default."));
        return strings ? "(uint)flags | (uint)TypedParameterFlags.StringOkay" : "(uint)flags";
    }

    private bool IsFlags(string type) => _emission.Model.Enums.First(e => e.Name == type).Flags;

    /// <summary>The protocol's limit of what the reply may hold: asking for it makes the count of the C function needless.</summary>
    private string Limit()
    {
        ModelField array = _ret!.Fields.First(f => f.Type.EndsWith('>'));
        return _emission.Wire.Value(TypeNotation.Parse(array.Type).Size).ToString(CultureInfo.InvariantCulture);
    }

    private string ParameterName(ModelField field) =>
        _emission.Overrides.Find("parameterNames", $"{_function.Name}.{field.Name}")
        ?? _emission.Overrides.Find("parameterNames", field.Name)
        ?? _emission.Naming.Camel(field.Name);

    private string Add(string name, string csharp, string? standard, ModelField field, string value)
    {
        const string usual = "At most 4194304 bytes of UTF-8.";
        string limits = csharp is "string" or "string?" or "byte[]" ? _emission.Wire.Resolve(field.Type).Limits.Replace(usual, "", StringComparison.Ordinal) : "";
        string text = _emission.Text("parameterDocs", $"{_function.Name}.{name}", name);
        _parameters.Add(new MethodParameter(name, csharp, standard, $"{text} {limits.Trim()}".TrimEnd()));
        return value;
    }
}
