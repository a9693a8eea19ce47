using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes the classes of the object model: each call becomes a method of the object that its C function takes first.</summary>
internal static class ObjectEmitter
{
    private const string Folder = "src/Libvirt.Actors/Objects/Generated";

    private static readonly string[] Usings =
        ["Libvirt.Protocol.Lxc", "Libvirt.Protocol.Qemu", "Libvirt.Protocol.Remote", "System.Runtime.CompilerServices"];

    /// <returns>How many methods were written.</returns>
    /// <exception cref="InvalidOperationException">A call is neither a method nor listed with a reason, or two methods collide.</exception>
    public static int Emit(Emission emission, WireOnly wireOnly)
    {
        ResultTypes results = new(emission);
        MethodEmitter methods = new(emission, results);
        Dictionary<ObjectKind, List<ProgramCall>> owned = Owned(emission, wireOnly);
        foreach ((ObjectKind kind, List<ProgramCall> calls) in owned)
        {
            RefuseCollisions(emission, kind, calls.Select(c => c.Procedure));
            foreach (IGrouping<string, ProgramCall> group in Families(emission, kind, calls))
            {
                CodeWriter code = new("Libvirt", Usings);
                code.Gap();
                code.Line($"public sealed partial class {kind.Class}");
                code.Line("{");
                foreach (ProgramCall call in group)
                    methods.Emit(code, call, kind);
                code.Line("}");
                emission.Add($"{Folder}/{kind.Class}{group.Key}.cs", code);
            }

            if (kind != ObjectKind.Hypervisor)
                IdentityEmitter.Emit(emission, kind);
        }

        return owned.Values.Sum(o => o.Count);
    }

    private static Dictionary<ObjectKind, List<ProgramCall>> Owned(Emission emission, WireOnly wireOnly)
    {
        Dictionary<ObjectKind, List<ProgramCall>> owned =
            ObjectKind.All.ToDictionary(k => k, _ => new List<ProgramCall>());
        List<string> problems = [];
        foreach (ModelProgram program in emission.Model.Programs.Where(p => !wireOnly.Programs.ContainsKey(p.Name)))
        {
            foreach (ModelProcedure procedure in program.Procedures.Where(p => p.Msg is null))
            {
                ObjectKind? owner = Owner(emission, procedure);
                bool listed = wireOnly.Procedures.ContainsKey(procedure.Name) || wireOnly.ByHand.Contains(procedure.Name);
                if (!listed && owner is not null)
                    owned[owner].Add(new ProgramCall(program, procedure));
                else if (!listed)
                    problems.Add($"{procedure.Name} belongs to no object: list it in {WireOnly.FileName} with a reason.");
            }
        }

        HashSet<string> known = [.. emission.Model.Programs.SelectMany(p => p.Procedures).Select(p => p.Name)];
        IEnumerable<string> listedNames = wireOnly.Procedures.Keys.Concat(wireOnly.ByHand);
        problems.AddRange(listedNames.Where(n => !known.Contains(n)).Select(n => $"{WireOnly.FileName} lists {n}, which does not exist."));
        return problems.Count == 0 ? owned : throw new InvalidOperationException(string.Join('\n', problems));
    }

    private static ObjectKind? Owner(Emission emission, ModelProcedure procedure)
    {
        if (!ProgramEmitter.IsOrdinary(procedure) || emission.Function(procedure) is not { Arguments: [ApiArgument first, ..] })
            return null;
        return ObjectKind.All.FirstOrDefault(k => k.CType == first.Type);
    }

    /// <summary>The files of a class: verbs with many methods have one each.</summary>
    private static IEnumerable<IGrouping<string, ProgramCall>> Families(
        Emission emission, ObjectKind kind, List<ProgramCall> calls)
    {
        string Verb(ProgramCall call) =>
            Naming.Words(MethodNames.Name(emission, call.Procedure.Function!, kind))[0];
        Dictionary<string, int> counts = calls.CountBy(Verb).ToDictionary();
        return calls.GroupBy(c => calls.Count > 30 && counts[Verb(c)] > 5 ? $".{Verb(c)}" : "");
    }

    private static void RefuseCollisions(Emission emission, ObjectKind kind, IEnumerable<ModelProcedure> procedures)
    {
        IEnumerable<IGrouping<string, ModelProcedure>> byName = procedures.GroupBy(p => MethodNames.Name(emission, p.Function!, kind));
        foreach (IGrouping<string, ModelProcedure> same in byName.Where(g => g.Count() > 1))
            throw new InvalidOperationException($"{string.Join(" and ", same.Select(p => p.Function))} would all be {kind.Class}.{same.Key}Async.");
    }
}
