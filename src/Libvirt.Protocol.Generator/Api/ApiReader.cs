using System.Globalization;
using System.Xml.Linq;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Api;

/// <summary>Reads libvirt's API descriptions (<c>libvirt-api.xml</c> and its siblings): enums, functions and numeric macros.</summary>
public sealed class ApiReader
{
    private readonly List<XElement> _symbols = [];
    private readonly Overrides _overrides;
    private readonly Dictionary<string, XElement> _enumMembers;
    private readonly HashSet<string> _enumNames;

    private ApiReader(IEnumerable<string> files, Overrides overrides)
    {
        _overrides = overrides;
        foreach (string file in files)
        {
            XElement symbols = XDocument.Load(file).Root?.Element("symbols")
                ?? throw new InvalidDataException($"{file} has no symbols: it is not an API description of libvirt.");
            _symbols.AddRange(symbols.Elements());
        }

        _enumMembers = _symbols.Where(s => s.Name == "enum").ToDictionary(Name);
        _enumNames = [.. _enumMembers.Values.Select(e => Attribute(e, "type"))];
    }

    /// <summary>Reads the files; those of later duplicates win nowhere, because libvirt has none.</summary>
    public static ApiReader Read(IEnumerable<string> files, Overrides overrides) => new(files, overrides);

    /// <summary>The enums in the files' order.</summary>
    public IReadOnlyList<ApiEnum> Enums()
    {
        HashSet<string> flags = FlagEnums();
        return
        [
            .. _enumMembers.Values.GroupBy(e => Attribute(e, "type")).Select(g => new ApiEnum(
                g.Key,
                flags.Contains(g.Key),
                [.. g.Select(Member).OrderBy(m => m.Value).ThenBy(m => m.Name, StringComparer.Ordinal)])),
        ];
    }

    /// <summary>The functions by name.</summary>
    public IReadOnlyDictionary<string, ApiFunction> Functions() => _symbols.Where(s => s.Name == "function").ToDictionary(Name, Function);

    /// <summary>The value of a macro or an enum's member, or null.</summary>
    public long? Constant(string name)
    {
        if (_enumMembers.ContainsKey(name))
            return Value(name);
        string? raw = (string?)_symbols.FirstOrDefault(s => s.Name == "macro" && Name(s) == name)?.Attribute("raw");
        return raw is null ? null : MacroExpression.Evaluate(raw);
    }

    private ApiEnumMember Member(XElement element) => new(Name(element), Value(Name(element)), Version(element));

    private long Value(string member)
    {
        string value = Attribute(_enumMembers[member], "value");
        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : Value(value);
    }

    private HashSet<string> FlagEnums()
    {
        HashSet<string> flags = [.. _enumMembers.Values.Where(e => e.Attribute("value_bitshift") is not null).Select(e => Attribute(e, "type"))];
        flags.UnionWith(_enumNames.Where(n => n.EndsWith("Flags", StringComparison.Ordinal)));
        foreach (ApiFunction function in Functions().Values)
            flags.UnionWith(function.Arguments.Where(a => a.Name == "flags" && a.Enum is not null).Select(a => a.Enum!));
        return flags;
    }

    private ApiFunction Function(XElement element) => new()
    {
        Name = Name(element),
        Page = Attribute(element, "file"),
        Since = Version(element),
        Returns = Attribute(element.Element("return")!, "type"),
        Arguments = [.. element.Elements("arg").Select(a => Argument(Name(element), a))],
    };

    private ApiArgument Argument(string function, XElement element)
    {
        string name = Name(element);
        string info = (string?)element.Attribute("info") ?? "";
        string? type = _overrides.Find("argumentEnums", $"{function}.{name}") ?? ArgumentText.FindEnum(info, _enumNames);
        bool unused = name == "flags" && (type == "" || (type is null && ArgumentText.SaysUnused(info)));
        return new ApiArgument(name, Attribute(element, "type"), string.IsNullOrEmpty(type) ? null : type, unused);
    }

    private static string Name(XElement element) => Attribute(element, "name");

    private static string? Version(XElement element) => (string?)element.Attribute("version");

    private static string Attribute(XElement element, string name) =>
        (string?)element.Attribute(name) ?? throw new InvalidDataException($"An element <{element.Name}> has no attribute '{name}'.");
}
