using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Libvirt.Cli.Tests.Printed;

namespace Libvirt.Cli.Tests;

internal static class DomainCases
{
    private const string Uuid = "6695eb01-f6a4-8304-79aa-97f2502e193f";
    private const string Test = $$"""{"name": "test", "uuid": "{{Uuid}}", "id": 1}""";
    private const string Unlimited = "9007199254740991";

    public static IEnumerable<CallCase> All =>
    [
        new(Driver.Test, "domain_lookup_by_name", """{"name": "test"}""", ["domuuid", "test"], (r, v) => ($"{r["dom"]!["uuid"]}", v.Trim())),
        new(Driver.Test, "domain_lookup_by_id", """{"id": 1}""", ["domname", "1"], (r, v) => ($"{r["dom"]!["name"]}", v.Trim())),
        new(Driver.Test, "domain_lookup_by_uuid", $$"""{"uuid": "{{Uuid}}"}""", ["domid", Uuid], (r, v) => ($"{r["dom"]!["id"]}", v.Trim())),
        Info("domain_get_info", "Max memory", r => $"{r["maxMem"]} KiB"),
        Info("domain_get_os_type", "OS Type", r => $"{r["type"]}"),
        Info("domain_is_persistent", "Persistent", r => YesNo(r["persistent"])),
        Info("domain_get_autostart", "Autostart", r => (int)r["autostart"]! == 0 ? "disable" : "enable"),
        Info("domain_get_security_label", "Security label", r => $"{r["label"]} ({((int)r["enforcing"]! == 1 ? "enforcing" : "permissive")})"),
        Flags("domain_has_managed_save_image", ["dominfo"], (r, v) => (YesNo(r["result"]), After(v, "Managed save"))),
        Flags("domain_get_state", ["domstate"], (r, v) => ((int)r["state"]! == 1 ? "running" : "other", v.Trim())),
        Flags("domain_get_xml_desc", ["dumpxml"], (r, v) => ($"{r["xml"]}".Trim(), v.Trim())),
        Flags("domain_get_control_info", ["domcontrol"], (r, v) => ((int)r["state"]! == 0 ? "ok" : "other", v.Trim())),
        Flags("domain_get_hostname", ["domhostname"], (r, v) => ($"{r["hostname"]}", v.Trim())),
        Flags("domain_get_time", ["domtime"], (r, v) => ($"{r["seconds"]}", After(v, "Time"))),
        Flags("domain_get_fsinfo", ["domfsinfo"], (r, v) => (Each(r["info"], "mountpoint"), Column(v, 0))),
        With("domain_get_vcpus_flags", "\"flags\": 1", ["vcpucount", "test", "--current", "--live"], (r, v) => ($"{r["num"]}", v.Trim())),
        With("domain_get_max_vcpus", "", ["vcpucount", "test", "--maximum", "--live"], (r, v) => ($"{r["num"]}", v.Trim())),
        With("domain_interface_addresses", "\"source\": 0, \"flags\": 0", ["domifaddr", "test"],
            (r, v) => ($"{r["ifaces"]![0]!["name"]} {r["ifaces"]![0]!["addrs"]![0]!["addr"]}", $"{Column(v, 0)} {Column(v, 3).Split('/')[0]}")),
        With("domain_memory_stats", "\"maxStats\": 16, \"flags\": 0", ["dommemstat", "test"], (r, v) => (Stats(r["stats"]!), Stats(v))),
        With("domain_get_scheduler_parameters", "\"nparams\": 16", ["schedinfo", "test"], (r, v) => (Typed(r["params"]), $"weight={After(v, "weight")}")),
        With("domain_get_memory_parameters", "\"nparams\": 16, \"flags\": 0", ["memtune", "test"],
            (r, v) => (Typed(r["params"]).Replace(Unlimited, "unlimited", StringComparison.Ordinal), Pairs(v))),
        With("domain_get_numa_parameters", "\"nparams\": 16, \"flags\": 4", ["numatune", "test"],
            (r, v) => (Typed(r["params"]).Replace("numa_mode=0", "numa_mode=strict", StringComparison.Ordinal), Pairs(v))),
        With("domain_get_vcpu_pin_info", "\"ncpumaps\": 2, \"maplen\": 1, \"flags\": 0", ["vcpupin", "test"],
            (r, v) => ($"{r["num"]} {Convert.FromBase64String($"{r["cpumaps"]}")[0]:x}", $"{v.Trim().Split('\n').Length} {(v.Contains("0-7", StringComparison.Ordinal) ? "ff" : v)}")),
        With("domain_get_disk_errors", "\"maxerrors\": 16, \"flags\": 0", ["domblkerror", "test"], (r, v) => (Each(r["errors"], "disk"), Column(v, 0).TrimEnd(':'))),
    ];

    private static CallCase Info(string procedure, string label, Func<JsonNode, string> ours) =>
        With(procedure, "", ["dominfo", "test"], (r, v) => (ours(r), After(v, label)));

    private static CallCase Flags(string procedure, string[] virsh, Func<JsonNode, string, (string Ours, string Theirs)> compare) =>
        With(procedure, "\"flags\": 0", [.. virsh, "test"], compare);

    private static CallCase With(string procedure, string more, string[] virsh, Func<JsonNode, string, (string Ours, string Theirs)> compare) =>
        new(Driver.Test, procedure, $$"""{"dom": {{Test}}{{(more.Length == 0 ? "" : ", ")}}{{more}}}""", virsh, compare);

    // Memory statistics carry numbers for names, in the order in which virsh prints the names.
    private static string Stats(JsonNode stats) => string.Join(' ', stats.AsArray().Select(s => $"{s!["val"]}").Order(StringComparer.Ordinal));

    private static string Stats(string printed) => string.Join(' ', Regex.Matches(printed, @"(?m)^\w+ (\d+)").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
}
