using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes a program's calls as methods, as on the wire: calls that begin a stream or pass file descriptors included.</summary>
internal static class ProgramEmitter
{
    private const string Folder = "src/Libvirt.Actors/Procedures/Generated";

    public static void Emit(Emission emission, ModelProgram program)
    {
        string name = $"{emission.Naming.Pascal(program.Name)}Program";
        IEnumerable<IGrouping<string, ModelProcedure>> families = program.Procedures
            .Where(p => p.Msg is null)
            .GroupBy(p => Naming.Words(emission.ProcedureName(program, p))[0]);
        Head(emission, program, name);
        foreach (IGrouping<string, ModelProcedure> family in families)
        {
            IEnumerable<string> handles = family.Any(p => p.Descriptors is not null) ? ["System.Runtime.InteropServices", "Microsoft.Win32.SafeHandles"] : [];
            IEnumerable<string> streams = family.Any(p => p.Stream is not null) ? ["Libvirt.Streams"] : [];
            CodeWriter code = new("Libvirt", ["Libvirt.Protocol", TypeNames.ProgramNamespace(program.Name), .. handles, .. streams]);
            code.Gap();
            code.Line($"public sealed partial class {name}");
            code.Line("{");
            foreach (ModelProcedure procedure in family)
                Method(emission, program, procedure, code);
            code.Line("}");
            emission.Add($"{Folder}/{name}.{family.Key}.cs", code);
        }
    }

    /// <summary>Writes the table of calls that are more than a question and an answer.</summary>
    public static void EmitStreamTable(Emission emission)
    {
        IEnumerable<ModelProgram> programs = emission.Model.Programs.Where(p => p.Name != "keepalive");
        CodeWriter code = new("Libvirt", ["Libvirt.Protocol", .. programs.Select(p => TypeNames.ProgramNamespace(p.Name))]);
        code.Summary("The calls that are more than a question and an answer.");
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
        string invoker = program.Procedures.All(IsOrdinary) ? "ICallInvoker" : "IProcedureInvoker";
        CodeWriter code = new("Libvirt");
        code.Summary($"Every call of the {program.Name} program as on the wire. Safe for any number of callers at once.");
        code.Line("/// <param name=\"invoker\">Carries the calls out.</param>");
        code.Line($"public sealed partial class {name}({invoker} invoker)");
        code.Line("{");
        code.Line($"private readonly {invoker} _invoker = invoker;");
        code.Line("}");
        emission.Add($"{Folder}/{name}.cs", code);
    }

    private static void Method(Emission emission, ModelProgram program, ModelProcedure procedure, CodeWriter code)
    {
        WireMethod method = WireMethod.Of(procedure, procedure.Ret is null ? null : emission.TypeNames.Name(procedure.Ret));
        string name = emission.ProcedureName(program, procedure);
        string descriptor = $"{emission.Naming.Pascal(program.Name)}Procedures.{name}";
        string summary = procedure.Function is null ? $"Calls <c>{procedure.Name}</c>." : emission.Summaries.Of(procedure.Function);
        code.Summary(summary);
        code.Line($"/// <remarks>Procedure <c>{procedure.Name}</c> ({procedure.Number}). {emission.Origin(procedure)}".TrimEnd() + "</remarks>");
        if (procedure.Args is not null)
            code.Line("/// <param name=\"args\">The arguments, as on the wire. Do not change them before the call ends.</param>");
        if (method.Extra is { Declaration: not null } extra)
            code.Line($"/// <param name=\"{extra.Name}\">{extra.Documentation}</param>");
        code.Line("/// <param name=\"options\">The call's own limits; the connection's when null.</param>");
        code.Line($"/// <param name=\"cancellationToken\">{method.Cancellation}</param>");
        if (method.Returns is { } returns)
            code.Line($"/// <returns>{returns}</returns>");
        if (procedure.Descriptors is not null)
            code.Line("/// <exception cref=\"NotSupportedException\">The connection is not by a unix socket.</exception>");
        code.Line("/// <exception cref=\"LibvirtException\">The call failed; its subclasses say how.</exception>");
        string args = procedure.Args is null ? "" : $"{emission.TypeNames.Name(procedure.Args)} args, ";
        string given = procedure.Args is null ? "XdrVoid.Value" : "args";
        string declared = method.Extra?.Declaration is { } declaration ? $"{declaration}, " : "";
        string passed = method.Extra is null ? "" : $"{method.Extra.Name}, ";
        string call = $"_invoker.{method.Invoker}({descriptor}, {given}, {passed}options.GetValueOrDefault(), cancellationToken)";
        code.Expression(
            $"public {method.Result} {name}Async({args}{declared}CallOptions? options = null, CancellationToken cancellationToken = default)",
            method.Wrapper is null ? call : $"{method.Wrapper}({call})");
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
