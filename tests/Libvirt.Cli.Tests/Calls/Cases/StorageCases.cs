using static Libvirt.Cli.Tests.Printed;

namespace Libvirt.Cli.Tests;

/// <summary>Questions about pools, volumes, networks and secrets.</summary>
internal static class StorageCases
{
    private const string DefaultPool = """{"name": "default-pool", "uuid": "dfe224cb-28fb-8dd0-c4b2-64eb3f0f4566"}""";
    private const string DefaultNetwork = """{"name": "default", "uuid": "dd8fe884-6c02-601e-7551-cca97df1c5df"}""";
    private const string Volume = $$"""{"pool": "{{CallObjects.Pool}}", "name": "{{CallObjects.Volume}}", "key": "{{CallObjects.Volume}}"}""";
    private const string Secret = $$"""{"uuid": "{{CallObjects.SecretUuid}}", "usageType": 1, "usageID": "/nowhere"}""";

    public static IEnumerable<CallCase> All =>
    [
        new(Driver.Test, "storage_pool_lookup_by_name", """{"name": "default-pool"}""", ["pool-uuid", "default-pool"],
            (r, v) => ($"{r["pool"]!["uuid"]}", v.Trim())),
        new(Driver.Test, "storage_pool_get_info", $$"""{"pool": {{DefaultPool}}}""", ["pool-info", "default-pool", "--bytes"],
            (r, v) => ($"{r["capacity"]} {r["allocation"]} {r["available"]}", $"{After(v, "Capacity")} {After(v, "Allocation")} {After(v, "Available")}")),
        new(Driver.Test, "storage_pool_get_xml_desc", $$"""{"pool": {{DefaultPool}}, "flags": 0}""", ["pool-dumpxml", "default-pool"],
            (r, v) => ($"{r["xml"]}".Trim(), v.Trim())),
        new(Driver.Test, "storage_pool_is_persistent", $$"""{"pool": {{DefaultPool}}}""", ["pool-info", "default-pool"],
            (r, v) => (YesNo(r["persistent"]), After(v, "Persistent"))),
        new(Driver.Session, "storage_vol_lookup_by_name", $$"""{"pool": {{CallObjects.PoolHandle}}, "name": "{{CallObjects.Volume}}"}""",
            ["vol-key", CallObjects.Volume, CallObjects.Pool], (r, v) => ($"{r["vol"]!["key"]}", v.Trim())),
        new(Driver.Session, "storage_pool_list_all_volumes", $$"""{"pool": {{CallObjects.PoolHandle}}, "need_results": 1, "flags": 0}""",
            ["vol-list", CallObjects.Pool], (r, v) => (Each(r["vols"], "name"), Column(v, 0))),
        new(Driver.Session, "storage_vol_get_info", $$"""{"vol": {{Volume}}}""", ["vol-info", CallObjects.Volume, CallObjects.Pool, "--bytes"],
            (r, v) => ($"{r["capacity"]} bytes", After(v, "Capacity"))),
        new(Driver.Session, "storage_vol_get_path", $$"""{"vol": {{Volume}}}""", ["vol-path", CallObjects.Volume, CallObjects.Pool],
            (r, v) => ($"{r["name"]}", v.Trim())),
        new(Driver.Session, "storage_vol_get_xml_desc", $$"""{"vol": {{Volume}}, "flags": 0}""", ["vol-dumpxml", CallObjects.Volume, CallObjects.Pool],
            (r, v) => ($"{r["xml"]}".Trim(), v.Trim())),
        new(Driver.Test, "network_lookup_by_name", """{"name": "default"}""", ["net-uuid", "default"], (r, v) => ($"{r["net"]!["uuid"]}", v.Trim())),
        new(Driver.Test, "network_get_xml_desc", $$"""{"net": {{DefaultNetwork}}, "flags": 0}""", ["net-dumpxml", "default"],
            (r, v) => ($"{r["xml"]}".Trim(), v.Trim())),
        new(Driver.Test, "network_get_bridge_name", $$"""{"net": {{DefaultNetwork}}}""", ["net-info", "default"], (r, v) => ($"{r["name"]}", After(v, "Bridge"))),
        new(Driver.Test, "network_is_active", $$"""{"net": {{DefaultNetwork}}}""", ["net-info", "default"], (r, v) => (YesNo(r["active"]), After(v, "Active"))),
        new(Driver.Session, "secret_get_xml_desc", $$"""{"secret": {{Secret}}, "flags": 0}""", ["secret-dumpxml", CallObjects.SecretUuid],
            (r, v) => ($"{r["xml"]}".Trim(), v.Trim())),
        new(Driver.Session, "secret_lookup_by_usage", """{"usageType": 1, "usageID": "/nowhere"}""", ["secret-list"],
            (r, v) => ($"{r["secret"]!["uuid"]}", Column(v, 0))),
        new(Driver.Session, "secret_get_value", $$"""{"secret": {{Secret}}, "flags": 0}""", ["secret-get-value", CallObjects.SecretUuid],
            (r, v) => ($"{r["value"]}", v.Trim())),
    ];
}
