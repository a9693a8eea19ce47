using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes whole payloads as sealed classes: a procedure's arguments and result share a file.</summary>
internal static class MessageEmitter
{
    public static void Emit(Emission emission, ModelProgram program, ModelProcedure procedure, IReadOnlyDictionary<string, ModelStruct> structs)
    {
        string[] names = [.. new[] { procedure.Args, procedure.Ret, procedure.Msg }.OfType<string>()];
        if (names.Length == 0)
            return;
        CodeWriter code = Begin(emission, TypeNames.ProgramNamespace(program.Name), names.Select(n => structs[n]));
        string called = $"<c>{procedure.Name}</c>, procedure {procedure.Number} of the {program.Name} program";
        if (procedure.Args is not null)
            Class(emission, code, structs[procedure.Args], $"The arguments of {called}.", emission.Origin(procedure));
        if (procedure.Ret is not null)
            Class(emission, code, structs[procedure.Ret], $"The result of {called}.", emission.Origin(procedure));
        if (procedure.Msg is not null)
            Class(emission, code, structs[procedure.Msg], $"The event {called}.", emission.Origin(procedure));
        emission.Add($"{Emission.Folder(program.Name)}/Messages/{emission.ProcedureName(program, procedure)}.cs", code);
    }

    /// <summary>A payload that belongs to no procedure, such as the error of a reply.</summary>
    public static void EmitAlone(Emission emission, ModelStruct type)
    {
        CodeWriter code = Begin(emission, emission.TypeNames.Namespace(type.Name), [type]);
        Class(emission, code, type, $"libvirt's <c>{type.Name}</c>.", null);
        emission.Add($"{Emission.Folder(emission.TypeNames.Program(type.Name))}/Types/{emission.TypeNames.Name(type.Name)}.cs", code);
    }

    private static CodeWriter Begin(Emission emission, string @namespace, IEnumerable<ModelStruct> types) =>
        new(@namespace, types.SelectMany(t => FieldEmitter.Usings(FieldEmitter.Fields(emission, t))));

    private static void Class(Emission emission, CodeWriter code, ModelStruct type, string summary, string? remarks)
    {
        string name = emission.TypeNames.Name(type.Name);
        IReadOnlyList<(string Name, string Wire, WireType Type)> fields = FieldEmitter.Fields(emission, type);
        code.Summary(summary);
        if (remarks is not null)
            code.Line($"/// <remarks>{remarks}</remarks>");
        code.Line($"public sealed class {name} : IXdrWritable, IXdrReadable<{name}>");
        code.Line("{");
        FieldEmitter.Minimum(code, emission.Wire.Minimum(type.Fields));
        foreach ((string Name, string Wire, WireType Type) field in fields)
        {
            code.Summary(FieldEmitter.Describe(field));
            code.Line($"public required {field.Type.CSharp} {field.Name} {{ get; init; }}");
        }

        code.Inherit();
        code.Line($"public static {name} Read(ref XdrReader reader) => new()");
        code.Line("{");
        foreach ((string Name, string Wire, WireType Type) field in fields)
            code.Line($"{field.Name} = {field.Type.Read},");
        code.Line("};");
        FieldEmitter.Write(code, fields);
        code.Line("}");
    }
}
