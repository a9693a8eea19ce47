using System.Globalization;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes what structs and messages have in common: their fields' reading and writing.</summary>
internal static class FieldEmitter
{
    /// <summary>The fields of a struct with their C# names and types.</summary>
    public static IReadOnlyList<(string Name, string Wire, WireType Type)> Fields(Emission emission, ModelStruct type) =>
        [.. type.Fields.Select(f => (emission.TypeNames.Field(type.Name, f.Name), f.Name, emission.Wire.Resolve(f.Type)))];

    /// <summary>The namespaces that the fields need.</summary>
    public static IEnumerable<string> Usings(IEnumerable<(string Name, string Wire, WireType Type)> fields) =>
        fields.Select(f => f.Type.Namespace).Where(n => n.Length > 0 && n != "System" && n != "Libvirt.Protocol");

    public static string Describe((string Name, string Wire, WireType Type) field) => $"Field <c>{field.Wire}</c>. {field.Type.Limits}".TrimEnd();

    public static void Write(CodeWriter code, IReadOnlyList<(string Name, string Wire, WireType Type)> fields)
    {
        code.Inherit();
        code.Line("public void Write(ref XdrWriter writer)");
        code.Line("{");
        foreach ((string name, _, WireType type) in fields)
            code.Line(string.Format(CultureInfo.InvariantCulture, type.Write, name));
        code.Line("}");
    }

    public static void Minimum(CodeWriter code, int minimum)
    {
        code.Inherit();
        code.Line($"public static int MinimumWireSize => {minimum.ToString(CultureInfo.InvariantCulture)};");
    }
}
