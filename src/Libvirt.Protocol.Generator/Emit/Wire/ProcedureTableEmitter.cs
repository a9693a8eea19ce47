using System.Globalization;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes a program's numbers and the typed descriptors of its calls and events.</summary>
internal static class ProcedureTableEmitter
{
    public static void Emit(Emission emission, ModelProgram program)
    {
        string prefix = emission.Naming.Pascal(program.Name);
        Numbers(emission, program, prefix);
        if (program.Name == "keepalive")
            return;
        Calls(emission, program, prefix);
        if (program.Procedures.Any(p => p.Msg is not null))
            Events(emission, program, prefix);
    }

    private static void Numbers(Emission emission, ModelProgram program, string prefix)
    {
        CodeWriter code = new(TypeNames.ProgramNamespace(program.Name));
        code.Summary($"The procedures of the {program.Name} program (0x{program.Number:x8}, version {program.Version}) by number.");
        code.Line($"public enum {prefix}Procedure");
        code.Line("{");
        foreach (ModelProcedure procedure in program.Procedures)
        {
            string since = procedure.Since is null ? "" : $" Since libvirt {procedure.Since}.";
            code.Summary($"<c>{procedure.Name}</c>.{since}");
            code.Line($"{emission.ProcedureName(program, procedure)} = {procedure.Number.ToString(CultureInfo.InvariantCulture)},");
        }

        code.Line("}");
        emission.Add($"{Emission.Folder(program.Name)}/{prefix}Procedure.cs", code);
    }

    private static void Calls(Emission emission, ModelProgram program, string prefix)
    {
        List<ModelProcedure> calls = [.. program.Procedures.Where(p => p.Msg is null)];
        CodeWriter code = new(TypeNames.ProgramNamespace(program.Name), "System.Diagnostics.CodeAnalysis", "System.Collections.Frozen");
        code.Summary($"The calls of the {program.Name} program with their argument and result types.");
        code.Line($"public static class {prefix}Procedures");
        code.Line("{");
        Identity(code, program);
        foreach (ModelProcedure procedure in calls)
        {
            code.Gap();
            code.Line($"/// <summary><c>{procedure.Name}</c>, procedure {procedure.Number}.</summary>");
            if (emission.Origin(procedure) is string origin)
                code.Line($"/// <remarks>{origin}</remarks>");
            string type = $"Procedure<{Payload(emission, procedure.Args)}, {Payload(emission, procedure.Ret)}>";
            code.Line($"public static {type} {emission.ProcedureName(program, procedure)} =>");
            Once(code, $"new(Program, Version, {procedure.Number}, \"{procedure.Name}\", {Traits(procedure)}, {Text(procedure.Since)})");
        }

        Lookup(code, "Procedure", [.. calls.Select(c => emission.ProcedureName(program, c))]);
        code.Line("}");
        emission.Add($"{Emission.Folder(program.Name)}/{prefix}Procedures.cs", code);
    }

    private static void Events(Emission emission, ModelProgram program, string prefix)
    {
        List<ModelProcedure> events = [.. program.Procedures.Where(p => p.Msg is not null)];
        CodeWriter code = new(TypeNames.ProgramNamespace(program.Name), "System.Diagnostics.CodeAnalysis", "System.Collections.Frozen");
        code.Summary($"The events of the {program.Name} program with their message types.");
        code.Line($"public static class {prefix}Events");
        code.Line("{");
        foreach (ModelProcedure procedure in events)
        {
            code.Gap();
            code.Line($"/// <summary><c>{procedure.Name}</c>, number {procedure.Number}.</summary>");
            if (emission.Origin(procedure) is string origin)
                code.Line($"/// <remarks>{origin}</remarks>");
            code.Line($"public static ProgramEvent<{Payload(emission, procedure.Msg)}> {emission.ProcedureName(program, procedure)} =>");
            string identity = $"{prefix}Procedures.Program, {prefix}Procedures.Version, {procedure.Number}";
            Once(code, $"new({identity}, \"{procedure.Name}\", {Text(procedure.Since)})");
        }

        Lookup(code, "ProgramEvent", [.. events.Select(c => emission.ProcedureName(program, c))]);
        code.Line("}");
        emission.Add($"{Emission.Folder(program.Name)}/{prefix}Events.cs", code);
    }

    private static void Identity(CodeWriter code, ModelProgram program)
    {
        code.Summary("The program's number.");
        code.Line($"public const uint Program = 0x{program.Number:x8};");
        code.Summary("The program's version.");
        code.Line($"public const uint Version = {program.Version};");
    }

    private static void Lookup(CodeWriter code, string type, IReadOnlyList<string> names)
    {
        code.Summary("All of them in the order of their numbers.");
        code.Line($"public static IReadOnlyList<{type}> All => Table.All;");
        code.Summary("Finds one by its number.");
        code.Line($"public static bool TryGet(int number, [NotNullWhen(true)] out {type}? found) => Table.ByNumber.TryGetValue(number, out found);");
        code.Gap();
        code.Line("private static class Table");
        code.Line("{");
        code.Line($"public static readonly IReadOnlyList<{type}> All =");
        code.Line("[");
        foreach (string name in names)
            code.Indented($"{name},");
        code.Line("];");
        code.Gap();
        code.Line($"public static readonly FrozenDictionary<int, {type}> ByNumber = All.ToFrozenDictionary(static p => p.Number);");
        code.Line("}");
    }

    // Made when it is first asked for: a program that makes a few calls does not load the types of five hundred.
    private static void Once(CodeWriter code, string made) => code.Indented($"field ?? Once.Keep(ref field, {made});");

    private static string Payload(Emission emission, string? type) => type is null ? "XdrVoid" : emission.TypeNames.Name(type);

    private static string Text(string? text) => text is null ? "null" : $"\"{text}\"";

    private static string Traits(ModelProcedure procedure)
    {
        List<string> traits = [];
        if (procedure.Reading)
            traits.Add("Reading");
        if (procedure.HighPriority)
            traits.Add("HighPriority");
        if (procedure.Stream is "read" or "both")
            traits.Add("ReadStream");
        if (procedure.Stream is "write" or "both")
            traits.Add("WriteStream");
        if (procedure.Sparse is not null)
            traits.Add("Sparse");
        if (procedure.Descriptors is "send" or "both")
            traits.Add("SendsDescriptors");
        if (procedure.Descriptors is "receive" or "both")
            traits.Add("ReceivesDescriptors");
        return traits.Count == 0 ? "ProcedureTraits.None" : string.Join(" | ", traits.Select(t => $"ProcedureTraits.{t}"));
    }
}
