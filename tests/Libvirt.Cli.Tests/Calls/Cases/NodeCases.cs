using System.Text.RegularExpressions;
using static Libvirt.Cli.Tests.Printed;

namespace Libvirt.Cli.Tests;

internal static class NodeCases
{
    public static IEnumerable<CallCase> All =>
    [
        new(Driver.Session, "node_get_info", "{}", ["nodeinfo"],
            (r, v) => ($"{r["model"]} {r["memory"]} KiB", $"{After(v, "CPU model")} {After(v, "Memory size")}")),
        new(Driver.Test, "node_get_cells_free_memory", """{"startCell": 0, "maxcells": 2}""", ["freecell", "--all"],
            (r, v) => (Each(r["cells"]), string.Join('\n', Regex.Matches(v, @"(?m)^\s*\d+:\s+(\d+) KiB").Select(m => $"{1024 * long.Parse(m.Groups[1].Value)}").Order(StringComparer.Ordinal)))),
        new(Driver.Test, "node_get_cpu_map", """{"need_map": 1, "need_online": 1, "flags": 0}""", ["nodecpumap"],
            (r, v) => ($"{r["ret"]} {r["online"]} {Bits(Convert.FromBase64String($"{r["cpumap"]}"), (int)r["ret"]!)}",
                $"{After(v, "CPUs present")} {After(v, "CPUs online")} {After(v, "CPU map")}")),
        new(Driver.Test, "node_get_cpu_stats", """{"cpuNum": -1, "nparams": 16, "flags": 0}""", ["nodecpustats"],
            (r, v) => (Regex.Replace(Typed(Renamed(r["params"]!)), "=.*", ""), Regex.Replace(Pairs(v), "=.*", ""))),
        new(Driver.Session, "node_get_memory_parameters", """{"nparams": 64, "flags": 0}""", ["node-memory-tune"],
            (r, v) => (Regex.Replace(Typed(r["params"]), "=.*", ""), Regex.Replace(Pairs(v, @"\s+"), "=.*", "").Replace("Shared\n", "", StringComparison.Ordinal))),
        new(Driver.Test, "node_get_security_model", "{}", ["dominfo", "test"], (r, v) => ($"{r["model"]}", After(v, "Security model"))),
        new(Driver.Test, "node_device_get_xml_desc", """{"name": "computer", "flags": 0}""", ["nodedev-dumpxml", "computer"],
            (r, v) => ($"{r["xml"]}".Trim(), v.Trim())),
        new(Driver.Session, "node_device_lookup_by_name", """{"name": "computer"}""", ["nodedev-info", "computer"],
            (r, v) => ($"{r["dev"]!["name"]}", After(v, "Name"))),
        new(Driver.Session, "node_device_is_active", """{"name": "computer"}""", ["nodedev-info", "computer"],
            (r, v) => (YesNo(r["active"]), After(v, "Active"))),
        new(Driver.Test, "interface_lookup_by_name", """{"name": "eth1"}""", ["iface-mac", "eth1"], (r, v) => ($"{r["iface"]!["mac"]}", v.Trim())),
        new(Driver.Test, "interface_lookup_by_mac_string", """{"mac": "aa:bb:cc:dd:ee:ff"}""", ["iface-name", "aa:bb:cc:dd:ee:ff"],
            (r, v) => ($"{r["iface"]!["name"]}", v.Trim())),
        new(Driver.Test, "interface_get_xml_desc", """{"iface": {"name": "eth1", "mac": "aa:bb:cc:dd:ee:ff"}, "flags": 0}""", ["iface-dumpxml", "eth1"],
            (r, v) => ($"{r["xml"]}".Trim(), v.Trim())),
        new(Driver.Test, "interface_is_active", """{"iface": {"name": "eth1", "mac": "aa:bb:cc:dd:ee:ff"}}""", ["iface-list"],
            (r, v) => ((int)r["active"]! == 1 ? "active" : "inactive", Column(v, 1))),
    ];

    // The values run on between two questions: the names of the fields alone are compared, user, kernel, idle and iowait. virsh says system for kernel.
    private static System.Text.Json.Nodes.JsonArray Renamed(System.Text.Json.Nodes.JsonNode parameters) => new([.. parameters.AsArray().Select(
        p => new System.Text.Json.Nodes.JsonObject
        {
            ["field"] = $"{p!["field"]}".Replace("kernel", "system", StringComparison.Ordinal),
            ["value"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "ullong", ["ul"] = $"{p["value"]}" },
        })]);
}
