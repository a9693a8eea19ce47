using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Libvirt.Cli.Tests.Printed;

namespace Libvirt.Cli.Tests;

/// <summary>Questions about a QEMU guest that is paused, its disk and its snapshots.</summary>
internal static class GuestCases
{
    private const string Guest = $$"""{"name": "{{CallObjects.Guest}}", "uuid": "{{CallObjects.GuestUuid}}", "id": 1}""";

    public static IEnumerable<CallCase> All =>
    [
        With("domain_get_block_info", "\"path\": \"vda\", \"flags\": 0", ["domblkinfo", CallObjects.Guest, "vda"],
            (r, v) => ($"{r["capacity"]} {r["allocation"]} {r["physical"]}", $"{After(v, "Capacity")} {After(v, "Allocation")} {After(v, "Physical")}")),
        With("domain_get_block_io_tune", "\"disk\": \"vda\", \"nparams\": 32, \"flags\": 0", ["blkdeviotune", CallObjects.Guest, "vda"],
            (r, v) => (Typed(r["params"]), Regex.Replace(Pairs(v), @"(?m)^group_name=.*\n?", "").Trim())),
        With("domain_block_stats_flags", "\"path\": \"vda\", \"nparams\": 16, \"flags\": 0", ["domblkstat", CallObjects.Guest, "vda"],
            (r, v) => (Values(r["params"]!), Numbers(v))),
        With("domain_migrate_get_max_speed", "\"flags\": 0", ["migrate-getspeed", CallObjects.Guest], (r, v) => ($"{r["bandwidth"]}", v.Trim())),
        With("domain_migrate_get_max_downtime", "\"flags\": 0", ["migrate-getmaxdowntime", CallObjects.Guest], (r, v) => ($"{r["downtime"]}", v.Trim())),
        With("domain_get_job_info", "", ["domjobinfo", CallObjects.Guest], (r, v) => ((int)r["type"]! == 0 ? "None" : "other", After(v, "Job type"))),
        With("domain_get_xml_desc", "\"flags\": 3", ["dumpxml", CallObjects.Guest, "--inactive", "--security-info"], (r, v) => ($"{r["xml"]}".Trim(), v.Trim())),
        With("domain_get_state", "\"flags\": 0", ["domstate", CallObjects.Guest], (r, v) => ((int)r["state"]! == 3 ? "paused" : "other", v.Trim())),
        With("domain_list_all_snapshots", "\"need_results\": 1, \"flags\": 0", ["snapshot-list", CallObjects.Guest, "--name"],
            (r, v) => (Each(r["snapshots"], "name"), Column(v, 0))),
        With("domain_snapshot_num", "\"flags\": 0", ["snapshot-list", CallObjects.Guest, "--name"],
            (r, v) => ($"{r["num"]}", $"{v.Trim().Split('\n').Length}")),
        With("domain_snapshot_current", "\"flags\": 0", ["snapshot-current", CallObjects.Guest, "--name"], (r, v) => ($"{r["snap"]!["name"]}", v.Trim())),
        With("domain_snapshot_lookup_by_name", $"\"name\": \"{CallObjects.Child}\", \"flags\": 0", ["snapshot-info", CallObjects.Guest, CallObjects.Child],
            (r, v) => ($"{r["snap"]!["name"]} {r["snap"]!["dom"]!["name"]}", $"{After(v, "Name")} {After(v, "Domain")}")),
        Snapshot("domain_snapshot_get_parent", ["snapshot-parent", CallObjects.Guest, CallObjects.Child], (r, v) => ($"{r["snap"]!["name"]}", v.Trim())),
        Snapshot("domain_snapshot_get_xml_desc", ["snapshot-dumpxml", CallObjects.Guest, CallObjects.Child], (r, v) => ($"{r["xml"]}".Trim(), v.Trim())),
        Snapshot("domain_snapshot_is_current", ["snapshot-info", CallObjects.Guest, CallObjects.Child], (r, v) => (YesNo(r["current"]), After(v, "Current"))),
        new(Driver.Session, "qemu_domain_monitor_command", $$"""{"dom": {{Guest}}, "cmd": "info status", "flags": 1}""",
            ["qemu-monitor-command", CallObjects.Guest, "--hmp", "info status"], (r, v) => ($"{r["result"]}".Trim(), v.Trim())),
    ];

    private static CallCase With(string procedure, string more, string[] virsh, Func<JsonNode, string, (string Ours, string Theirs)> compare) =>
        new(Driver.Session, procedure, $$"""{"dom": {{Guest}}{{(more.Length == 0 ? "" : ", ")}}{{more}}}""", virsh, compare);

    private static CallCase Snapshot(string procedure, string[] virsh, Func<JsonNode, string, (string Ours, string Theirs)> compare) =>
        new(Driver.Session, procedure, $$"""{"snap": {"name": "{{CallObjects.Child}}", "dom": {{Guest}}}, "flags": 0}""", virsh, compare);

    // libvirt names block statistics otherwise than virsh prints them: their values are compared.
    private static string Values(JsonNode parameters) =>
        string.Join(' ', parameters.AsArray().Select(p => $"{p!["value"]!.AsObject().Single(member => member.Key != "type").Value}").Order(StringComparer.Ordinal));

    private static string Numbers(string printed) =>
        string.Join(' ', Regex.Matches(printed, @"(?m)^\w+ \w+ (-?\d+)").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
}
