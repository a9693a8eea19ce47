using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>
/// Writes a program's calls as methods, as on the wire. Calls that begin a stream or pass file descriptors are not ordinary calls: they are
/// listed in one table instead.
/// </summary>
internal static class ProgramEmitter
{
    private const string Folder = "src/Libvirt.Actors/Procedures/Generated";

    public static void Emit(Emission emission, ModelProgram program)
    {
        string name = $"{emission.Naming.Pascal(program.Name)}Program";
        IEnumerable<IGrouping<string, ModelProcedure>> families = program.Procedures
            .Where(p => p.Msg is null && IsOrdinary(p))
            .GroupBy(p => Naming.Words(emission.ProcedureName(program, p))[0]);
        Head(emission, program, name);
        foreach (IGrouping<string, ModelProcedure> family in families)
        {
            CodeWriter code = new("Libvirt", "Libvirt.Protocol", TypeNames.ProgramNamespace(program.Name));
            code.Gap();
            code.Line($"public sealed partial class {name}");
            code.Line("{");
            foreach (ModelProcedure procedure in family)
                Method(emission, program, procedure, code);
            code.Line("}");
            emission.Add($"{Folder}/{name}.{family.Key}.cs", code);
        }
    }

    /// <summary>Writes the table of calls that are not methods of the programs.</summary>
    public static void EmitStreamTable(Emission emission)
    {
        IEnumerable<ModelProgram> programs = emission.Model.Programs.Where(p => p.Name != "keepalive");
        CodeWriter code = new("Libvirt", ["Libvirt.Protocol", .. programs.Select(p => TypeNames.ProgramNamespace(p.Name))]);
        code.Summary("The calls that are more than a question and an answer, and so no methods of the programs' classes.");
        code.Line("public static class StreamProcedures");
        code.Line("{");
        Table(emission, code, "Streams", "Calls whose reply begins a stream.", p => p.Stream is not null);
        Table(emission, code, "FileDescriptors", "Calls that pass file descriptors, which only a unix socket can.", p => p.Descriptors is not null);
        code.Line("}");
        emission.Add($"{Folder}/StreamProcedures.cs", code);
    }

    /// <summary>Whether a call is a question and an answer.</summary>
    public static bool IsOrdinary(ModelProcedure procedure) => procedure.Stream is null && procedure.Descriptors is null;

    private static void Head(Emission emission, ModelProgram program, string name)
    {
        CodeWriter code = new("Libvirt");
        code.Summary($"Every call of the {program.Name} program as on the wire. Safe for any number of callers at once.");
        code.Line("/// <param name=\"invoker\">Carries the calls out.</param>");
        code.Line($"public sealed partial class {name}(ICallInvoker invoker)");
        code.Line("{");
        code.Line("private readonly ICallInvoker _invoker = invoker;");
        code.Line("}");
        emission.Add($"{Folder}/{name}.cs", code);
    }

    private static void Method(Emission emission, ModelProgram program, ModelProcedure procedure, CodeWriter code)
    {
        string name = emission.ProcedureName(program, procedure);
        string descriptor = $"{emission.Naming.Pascal(program.Name)}Procedures.{name}";
        string summary = procedure.Function is null ? $"Calls <c>{procedure.Name}</c>." : emission.Summaries.Of(procedure.Function);
        code.Summary(summary);
        code.Line($"/// <remarks>Procedure <c>{procedure.Name}</c> ({procedure.Number}). {emission.Origin(procedure)}".TrimEnd() + "</remarks>");
        if (procedure.Args is not null)
            code.Line("/// <param name=\"args\">The arguments, as on the wire. Do not change them before the call ends.</param>");
        code.Line("/// <param name=\"options\">The call's own limits; the connection's when null.</param>");
        code.Line("/// <param name=\"cancellationToken\">Gives up the waiting; the daemon may still carry the call out.</param>");
        if (procedure.Ret is not null)
            code.Line("/// <returns>The result, as on the wire.</returns>");
        code.Line("/// <exception cref=\"LibvirtException\">The call failed; its subclasses say how.</exception>");
        string result = procedure.Ret is null ? "ValueTask" : $"ValueTask<{emission.TypeNames.Name(procedure.Ret)}>";
        string args = procedure.Args is null ? "" : $"{emission.TypeNames.Name(procedure.Args)} args, ";
        string given = procedure.Args is null ? "XdrVoid.Value" : "args";
        string call = $"_invoker.CallAsync({descriptor}, {given}, options.GetValueOrDefault(), cancellationToken)";
        code.Expression(
            $"public {result} {name}Async({args}CallOptions? options = null, CancellationToken cancellationToken = default)",
            procedure.Ret is null ? $"CallReplies.DiscardAsync({call})" : call);
    }

    private static void Table(Emission emission, CodeWriter code, string name, string summary, Func<ModelProcedure, bool> belongs)
    {
        code.Summary(summary);
        code.Line($"public static IReadOnlyList<Procedure> {name} {{ get; }} =");
        code.Line("[");
        foreach (ModelProgram program in emission.Model.Programs)
        {
            foreach (ModelProcedure procedure in program.Procedures.Where(belongs))
                code.Indented($"{emission.Naming.Pascal(program.Name)}Procedures.{emission.ProcedureName(program, procedure)},");
        }

        code.Line("];");
    }
}
