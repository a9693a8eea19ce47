using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes a struct that is part of messages as a readonly record struct.</summary>
internal static class StructEmitter
{
    public static void Emit(Emission emission, ModelStruct type)
    {
        string name = emission.TypeNames.Name(type.Name);
        string program = emission.TypeNames.Program(type.Name);
        IReadOnlyList<(string Name, string Wire, WireType Type)> fields = FieldEmitter.Fields(emission, type);
        CodeWriter code = new(emission.TypeNames.Namespace(type.Name), FieldEmitter.Usings(fields));
        code.Summary($"libvirt's <c>{type.Name}</c>.");
        foreach ((string Name, string Wire, WireType Type) field in fields)
            code.Line($"/// <param name=\"{field.Name}\">{FieldEmitter.Describe(field)}</param>");
        string parameters = string.Join(", ", fields.Select(f => $"{f.Type.CSharp} {f.Name}"));
        code.Line($"public readonly record struct {name}({parameters}) : IXdrWritable, IXdrReadable<{name}>");
        code.Line("{");
        FieldEmitter.Minimum(code, emission.Wire.Minimum(type.Fields));
        code.Inherit();
        code.Expression($"public static {name} Read(ref XdrReader reader)", $"new({string.Join(", ", fields.Select(f => f.Type.Read))})");
        FieldEmitter.Write(code, fields);
        code.Line("}");
        emission.Add($"{Emission.Folder(program)}/Types/{name}.cs", code);
    }
}
