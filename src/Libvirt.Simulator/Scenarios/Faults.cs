using Libvirt.Protocol.Schema;

namespace Libvirt.Simulator;

/// <summary>The rules that a scenario can make for calls and connecting clients.</summary>
internal static class Faults
{
    private const string AnyCall = "*";
    private const string Connecting = "connect";

    private static readonly Dictionary<string, Action<CallRule, FaultEntry>> ToCalls = new()
    {
        ["delay"] = (rule, entry) => rule.Delay(Need(entry.For, entry, "for")),
        ["never-reply"] = (rule, _) => rule.NeverReply(),
        ["refuse"] = (rule, entry) => rule.Refuse(Code(entry), entry.Detail),
        ["drop"] = (rule, _) => rule.DropConnection(),
        ["drop-after-serving"] = (rule, _) => rule.DropConnectionAfterServing(),
        ["truncate"] = (rule, entry) => rule.Truncate(Need(entry.Bytes, entry, "bytes")),
        ["corrupt"] = (rule, entry) => rule.Corrupt(entry.Offset, entry.Count),
        ["lie-about-length"] = (rule, entry) => rule.LieAboutLength(Need(entry.Length, entry, "length")),
        ["stall"] = (rule, entry) => rule.Stall(entry.For),
        ["crash-host"] = (rule, entry) => rule.CrashHost(entry.For),
        ["event-storm"] = (rule, entry) => rule.Storm(entry.Events ?? 1000),
        ["break-stream"] = (rule, entry) => rule.BreakStreamAfter(Need(entry.Bytes, entry, "bytes"), How(entry)),
    };

    private static readonly Dictionary<string, Action<ConnectRule, FaultEntry>> ToClients = new()
    {
        ["refuse"] = (rule, _) => rule.Refuse(),
        ["delay"] = (rule, entry) => rule.Delay(Need(entry.For, entry, "for")),
        ["stall"] = (rule, _) => rule.Stall(),
    };

    /// <summary>What adds the rule of an entry to a simulator.</summary>
    /// <exception cref="ScenarioException">The entry makes no sense.</exception>
    public static Action<HypervisorSimulator> Compile(FaultEntry entry, IReadOnlySet<string> hosts)
    {
        if (entry.Host is not null && !hosts.Contains(entry.Host))
            throw new ScenarioException($"there is no host '{entry.Host}'.");
        if (entry.Skip < 0 || entry.Times < 1)
            throw new ScenarioException("'skip' is at least 0, 'times' at least 1.");
        if (entry.On == Connecting)
        {
            Action<ConnectRule, FaultEntry> harm = Find(ToClients, entry);
            harm(new ConnectRule(), entry);
            return simulator => harm(Narrow(simulator.Script.WhenConnecting(), entry), entry);
        }

        Procedure? procedure = entry.On == AnyCall ? null : FindProcedure(entry.On);
        Action<CallRule, FaultEntry> harmCall = Find(ToCalls, entry);
        // A rule of no simulator takes the harm first, so that what is missing is said now.
        harmCall(new CallRule(null), entry);
        return simulator => harmCall(Narrow(procedure is null ? simulator.Script.WhenAnyCall() : simulator.Script.When(procedure), entry), entry);
    }

    private static TRule Narrow<TRule>(TRule rule, FaultEntry entry)
        where TRule : ScriptRule<TRule>
    {
        if (entry.Host is not null)
            rule.OnHost(entry.Host);
        rule.Skip(entry.Skip);
        return entry.Times is { } times ? rule.Times(times) : rule;
    }

    private static Action<TRule, FaultEntry> Find<TRule>(Dictionary<string, Action<TRule, FaultEntry>> words, FaultEntry entry) =>
        words.GetValueOrDefault(entry.Do)
        ?? throw new ScenarioException($"'do' on '{entry.On}' is none of {string.Join(", ", words.Keys)}, but '{entry.Do}'.");

    private static Procedure FindProcedure(string name) =>
        ProtocolSchema.Default.TryFind(name, out ProcedureSchema? schema)
        && ProcedureTable.TryGetKnown(schema.Program.Number, schema.Number, out Procedure? procedure)
            ? procedure
            : throw new ScenarioException($"'on' is a procedure such as domain_create, '{AnyCall}' for all, or '{Connecting}', not '{name}'.");

    private static ErrorNumber Code(FaultEntry entry)
    {
        string code = Need(entry.Code, entry, "code");
        return Enum.TryParse(code, ignoreCase: true, out ErrorNumber number) && Enum.IsDefined(number)
            ? number
            : throw new ScenarioException($"'code' is a number or a name of libvirt's errors, such as OperationTimeout, not '{code}'.");
    }

    private static StreamBreak How(FaultEntry entry) => entry.How switch
    {
        "error" => StreamBreak.Error,
        "drop" => StreamBreak.DropConnection,
        "stall" => StreamBreak.Stall,
        _ => throw new ScenarioException($"'how' is error, drop or stall, not '{entry.How}'."),
    };

    private static T Need<T>(T? value, FaultEntry entry, string name)
        where T : struct => value ?? throw new ScenarioException($"'{entry.Do}' needs '{name}'.");

    private static string Need(string? value, FaultEntry entry, string name) => value ?? throw new ScenarioException($"'{entry.Do}' needs '{name}'.");
}
