using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Importing;

/// <summary>What an import changes, in lines for a person.</summary>
public static class ModelDiff
{
    /// <summary>The differences; none when the models say the same.</summary>
    /// <param name="before">The model so far; null when there is none.</param>
    /// <param name="after">The imported model.</param>
    public static IReadOnlyList<string> Compare(ProtocolModel? before, ProtocolModel after)
    {
        List<string> lines = [];
        if (before is not null && before.Release != after.Release)
            lines.Add($"release {before.Release} -> {after.Release}");
        Compare(lines, "constant", before?.Constants, after.Constants, c => c.Key, c => $"{c.Value}");
        Compare(lines, "type", before?.Types, after.Types, t => t.Name, t => TypeJson.Write(t).ToJsonString());
        Compare(lines, "procedure", Procedures(before), Procedures(after), p => p.Name, p => ProgramJson.Write(new ModelProgram("", 0, 0, [p])));
        Compare(lines, "enum", before?.Enums, after.Enums, e => e.Name, e => ApiJson.WriteEnum(e).ToJsonString());
        Compare(lines, "function", before?.Functions, after.Functions, f => f.Name, f => ApiJson.WriteFunction(f).ToJsonString());
        return lines;
    }

    private static IEnumerable<ModelProcedure> Procedures(ProtocolModel? model) => model is null ? [] : model.Programs.SelectMany(p => p.Procedures);

    private static void Compare<T>(
        List<string> lines, string kind, IEnumerable<T>? before, IEnumerable<T> after, Func<T, string> name, Func<T, string> text)
    {
        Dictionary<string, string> old = (before ?? []).ToDictionary(name, text);
        Dictionary<string, string> current = after.ToDictionary(name, text);
        lines.AddRange(current.Where(c => !old.ContainsKey(c.Key)).Select(c => $"added {kind} {c.Key}"));
        lines.AddRange(old.Keys.Where(k => !current.ContainsKey(k)).Select(k => $"removed {kind} {k}"));
        lines.AddRange(current.Where(c => old.TryGetValue(c.Key, out string? o) && o != c.Value).Select(c => $"changed {kind} {c.Key}"));
    }
}
