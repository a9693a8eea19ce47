using System.Globalization;
using Libvirt.Protocol.Generator.Api;
using Libvirt.Protocol.Generator.Idl;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Importing;

/// <summary>Reduces libvirt's protocol and API descriptions to the model.</summary>
public sealed partial class Importer
{
    private static readonly string[] ProtocolFiles =
        ["virnetprotocol.x", "remote_protocol.x", "qemu_protocol.x", "lxc_protocol.x", "admin_protocol.x", "virkeepaliveprotocol.x"];

    private static readonly string[] ApiFiles = ["libvirt-api.xml", "libvirt-qemu-api.xml", "libvirt-lxc-api.xml", "libvirt-admin-api.xml"];

    private readonly Overrides _overrides;
    private readonly ApiReader _api;
    private readonly Dictionary<string, Definition> _definitions = [];
    private readonly List<string> _order = [];
    private readonly List<KeyValuePair<string, long>> _constants = [];

    private Importer(ApiReader api, Overrides overrides)
    {
        _api = api;
        _overrides = overrides;
    }

    /// <summary>Reads both directories and the addendum, and reduces them.</summary>
    /// <param name="protocolFolder">Where the <c>.x</c> files are.</param>
    /// <param name="apiFolder">Where the API descriptions are.</param>
    /// <param name="addendum">A further <c>.x</c> file whose procedures are added where the protocol has not got them; may be missing.</param>
    /// <param name="release">The libvirt release of the API descriptions.</param>
    /// <param name="overrides">The checked-in overrides.</param>
    /// <exception cref="SyntaxException">A file cannot be read or does not fit the others.</exception>
    public static ProtocolModel Import(string protocolFolder, string apiFolder, string addendum, string release, Overrides overrides)
    {
        Importer importer = new(ApiReader.Read(ApiFiles.Select(f => Path.Combine(apiFolder, f)), overrides), overrides);
        foreach (string file in ProtocolFiles)
            importer.Add(Parser.Parse(file, File.ReadAllText(Path.Combine(protocolFolder, file))));
        if (File.Exists(addendum))
            importer.AddMissing(Parser.Parse(Path.GetFileName(addendum), File.ReadAllText(addendum)));
        return importer.Build(release);
    }

    private void Add(IEnumerable<Definition> definitions)
    {
        foreach (Definition definition in definitions)
        {
            if (!_definitions.TryAdd(definition.Name, definition))
                throw new SyntaxException(definition.Position, $"{definition.Name} is already defined at {_definitions[definition.Name].Position}.");
            _order.Add(definition.Name);
        }
    }

    /// <summary>Adds what is new; an enum that exists gains the members it lacks. A newer tree that has them all wins.</summary>
    private void AddMissing(IReadOnlyList<Definition> definitions)
    {
        Add(definitions.Where(d => !_definitions.ContainsKey(d.Name)).ToList());
        foreach (EnumDefinition added in definitions.OfType<EnumDefinition>())
        {
            if (_definitions[added.Name] is EnumDefinition known && known != added)
            {
                IEnumerable<EnumMember> missing = added.Members.Where(m => known.Members.All(k => k.Name != m.Name));
                _definitions[added.Name] = known with { Members = [.. known.Members, .. missing] };
            }
        }
    }

    private ProtocolModel Build(string release)
    {
        foreach (ConstDefinition constant in _order.Select(n => _definitions[n]).OfType<ConstDefinition>())
            Constant(constant.Name, constant.Position);
        List<ModelType> types = [.. _order.Select(n => _definitions[n]).Select(Type).OfType<ModelType>()];
        List<ModelProgram> programs = Programs();
        HashSet<string> served = [.. programs.SelectMany(p => p.Procedures).Select(p => p.Function).OfType<string>()];
        return new ProtocolModel
        {
            Release = release,
            Constants = _constants,
            Types = types,
            Programs = programs,
            Enums = _api.Enums(),
            Functions = [.. _api.Functions().Values.Where(f => served.Contains(f.Name)).OrderBy(f => f.Name, StringComparer.Ordinal)],
        };
    }

    private ModelType? Type(Definition definition) => definition switch
    {
        TypedefDefinition t => new ModelTypedef(t.Name, Notation(t.Declaration)),
        StructDefinition s => new ModelStruct(s.Name, [.. s.Fields.Select(Field)]),
        UnionDefinition u => new ModelUnion(u.Name, Field(u.Discriminant), [.. u.Arms.SelectMany(Arms)]),
        EnumDefinition e when !e.Name.EndsWith("_procedure", StringComparison.Ordinal) =>
            new ModelEnum(e.Name, [.. e.Members.Select(m => new ModelEnumMember(m.Name, (int)Constant(m.Value, m.Position)))]),
        _ => null,
    };

    private IEnumerable<ModelArm> Arms(UnionArm arm)
    {
        if (arm.Cases.Count == 0)
            throw new SyntaxException(arm.Position, "A union with a default arm is not supported: an unknown case is an error.");
        foreach (string name in arm.Cases)
        {
            Constant(name, arm.Position);
            yield return new ModelArm(name, arm.Declaration is null ? null : Field(arm.Declaration));
        }
    }

    private ModelField Field(Declaration declaration) => new(declaration.Name, Notation(declaration));

    private string Notation(Declaration declaration)
    {
        if (char.IsAsciiLetter(declaration.Type[0]) && !Builtin(declaration.Type) && !_definitions.ContainsKey(declaration.Type))
            throw new SyntaxException(declaration.Position, $"The type {declaration.Type} is not defined.");
        if (declaration.Size == "")
            throw new SyntaxException(declaration.Position, $"{declaration.Name} has no limit; the codec needs one.");
        if (declaration.Size is not null)
            Constant(declaration.Size, declaration.Position);
        char shape = declaration.Shape switch
        {
            DeclarationShape.Optional => '*',
            DeclarationShape.Fixed => '[',
            DeclarationShape.Variable => '<',
            _ => '\0',
        };
        return new TypeNotation(declaration.Type, shape, declaration.Size ?? "").ToString();
    }

    private static bool Builtin(string type) => type is
        "int" or "uint" or "hyper" or "uhyper" or "short" or "ushort" or "char" or "uchar"
        or "bool" or "float" or "double" or "string" or "opaque";

    /// <summary>The value of a number or a name; a name's value enters the model.</summary>
    private long Constant(string text, SourcePosition position)
    {
        if (char.IsAsciiDigit(text[0]) || text[0] == '-')
            return Number(text);
        int known = _constants.FindIndex(c => c.Key == text);
        if (known >= 0)
            return _constants[known].Value;
        long value = _definitions.GetValueOrDefault(text) is ConstDefinition constant
            ? Constant(constant.Value, constant.Position)
            : _api.Constant(text) ?? throw new SyntaxException(position, $"The constant {text} is defined nowhere.");
        _constants.Add(KeyValuePair.Create(text, value));
        return value;
    }

    private static long Number(string text)
    {
        bool negative = text[0] == '-';
        string digits = negative ? text[1..] : text;
        long value = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.Parse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : digits.Length > 1 && digits[0] == '0' ? Convert.ToInt64(digits, 8) : long.Parse(digits, CultureInfo.InvariantCulture);
        return negative ? -value : value;
    }
}
