using static Libvirt.Cli.Tests.Printed;

namespace Libvirt.Cli.Tests;

internal static class ConnectCases
{
    public static IEnumerable<CallCase> All =>
    [
        new(Driver.Session, "connect_get_type", "{}", ["version"], (r, v) => ($"{r["type"]}", After(v, "Using API").Split(' ')[0])),
        new(Driver.Session, "connect_get_version", "{}", ["version"], (r, v) => (Dotted((ulong)r["hv_ver"]!), After(v, "Running hypervisor").Split(' ')[1])),
        new(Driver.Session, "connect_get_lib_version", "{}", ["version", "--daemon"],
            (r, v) => (Dotted((ulong)r["lib_ver"]!), After(v, "Running against daemon"))),
        new(Driver.Test, "connect_get_hostname", "{}", ["hostname"], (r, v) => ($"{r["hostname"]}", v.Trim())),
        new(Driver.Session, "connect_get_capabilities", "{}", ["capabilities"], (r, v) => ($"{r["capabilities"]}".Trim(), v.Trim())),
        new(Driver.Test, "connect_get_max_vcpus", """{"type": "test"}""", ["maxvcpus", "test"], (r, v) => ($"{r["max_vcpus"]}", v.Trim())),
        new(Driver.Test, "connect_get_sysinfo", """{"flags": 0}""", ["sysinfo"], (r, v) => ($"{r["sysinfo"]}".Trim(), v.Trim())),
        new(Driver.Session, "connect_get_domain_capabilities", """{"arch": "x86_64", "virttype": "qemu", "flags": 0}""",
            ["domcapabilities", "--arch", "x86_64", "--virttype", "qemu"], (r, v) => ($"{r["capabilities"]}".Trim(), v.Trim())),
        new(Driver.Session, "connect_get_cpu_model_names", """{"arch": "x86_64", "need_results": 1, "flags": 0}""",
            ["cpu-models", "x86_64"], (r, v) => (Each(r["models"]), Column(v, 0))),
        new(Driver.Session, "connect_get_storage_pool_capabilities", """{"flags": 0}""", ["pool-capabilities"],
            (r, v) => ($"{r["capabilities"]}".Trim(), v.Trim())),
        new(Driver.Session, "connect_list_all_domains", """{"need_results": 1, "flags": 0}""", ["list", "--all", "--uuid"],
            (r, v) => (Each(r["domains"], "uuid"), Column(v, 0))),
        new(Driver.Session, "connect_num_of_domains", "{}", ["list", "--name"], (r, v) => ($"{r["num"]}", $"{Words(v)}")),
        new(Driver.Session, "connect_list_domains", """{"maxids": 100}""", ["list"], (r, v) => (Each(r["ids"]), Column(v, 0))),
        new(Driver.Session, "connect_list_defined_domains", """{"maxnames": 100}""", ["list", "--inactive", "--name"],
            (r, v) => (Each(r["names"]), Column(v, 0))),
        new(Driver.Session, "connect_get_all_domain_stats", """{"doms": [], "stats": 33, "flags": 1}""",
            ["domstats", "--raw", "--list-active", "--state", "--block"], (r, v) => (Typed(r["retStats"]![0]!["params"]), Pairs(v, "="))),
        new(Driver.Session, "connect_list_all_networks", """{"need_results": 1, "flags": 0}""", ["net-list", "--all", "--name"],
            (r, v) => (Each(r["nets"], "name"), Column(v, 0))),
        new(Driver.Session, "connect_list_all_storage_pools", """{"need_results": 1, "flags": 0}""", ["pool-list", "--all", "--name"],
            (r, v) => (Each(r["pools"], "name"), Column(v, 0))),
        new(Driver.Test, "connect_list_all_interfaces", """{"need_results": 1, "flags": 0}""", ["iface-list", "--all"],
            (r, v) => (Each(r["ifaces"], "mac"), Column(v, 2))),
        new(Driver.Session, "connect_list_all_node_devices", """{"need_results": 1, "flags": 0}""", ["nodedev-list"],
            (r, v) => (Each(r["devices"], "name"), Column(v, 0))),
        new(Driver.Session, "connect_list_all_secrets", """{"need_results": 1, "flags": 0}""", ["secret-list"],
            (r, v) => (Each(r["secrets"], "uuid"), Column(v, 0))),
    ];

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static string Dotted(ulong version) => $"{version / 1000000}.{version / 1000 % 1000}.{version % 1000}";
}
