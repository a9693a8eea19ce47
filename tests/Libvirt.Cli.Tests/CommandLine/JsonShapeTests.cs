using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>The names and types in JSON are a contract with scripts.</summary>
public sealed class JsonShapeTests(SharedDaemon shared)
{
    private const string TestUuid = "6695eb01-f6a4-8304-79aa-97f2502e193f";

    [Fact]
    public async Task A_list_is_an_array_of_objects()
    {
        JsonNode? list = await shared.TestDriver.JsonAsync("list", "--all");

        Equal($$"""[{"id": 1, "name": "test", "state": "running", "uuid": "{{TestUuid}}"}]""", list);
    }

    [Fact]
    public async Task An_empty_list_is_an_empty_array()
    {
        Equal("[]", await shared.TestDriver.JsonAsync("list", "--inactive"));
    }

    [Fact]
    public async Task A_list_of_names_or_uuids_holds_just_those()
    {
        Equal("""[{"name": "test"}]""", await shared.TestDriver.JsonAsync("list", "--name"));
        Equal($$"""[{"uuid": "{{TestUuid}}"}]""", await shared.TestDriver.JsonAsync("list", "--uuid"));
    }

    [Fact]
    public async Task A_single_value_is_an_object_with_one_member()
    {
        Equal("""{"uri": "test:///default"}""", await shared.TestDriver.JsonAsync("uri"));
        Equal("""{"state": "running"}""", await shared.TestDriver.JsonAsync("domstate", "test"));
        Equal("""{"id": 1}""", await shared.TestDriver.JsonAsync("domid", "test"));
        Equal("""{"state": "running", "reason": "unknown"}""", await shared.TestDriver.JsonAsync("domstate", "test", "--reason"));
    }

    [Fact]
    public async Task The_host_has_libvirts_field_names()
    {
        Equal(
            """{"model": "i686", "cpus": 16, "mhz": 1400, "sockets": 2, "cores": 2, "threads": 2, "nodes": 2, "memory": 3145728}""",
            await shared.TestDriver.JsonAsync("nodeinfo"));
    }

    [Fact]
    public async Task The_facts_about_a_domain_have_libvirts_field_names()
    {
        JsonObject facts = (await shared.TestDriver.JsonAsync("dominfo", "test"))!.AsObject();

        Assert.True(facts["cpuTime"]!.GetValue<ulong>() > 0);
        facts.Remove("cpuTime");
        Equal(
            $$"""
            {
              "id": 1, "name": "test", "uuid": "{{TestUuid}}", "osType": "linux", "state": "running", "nrVirtCpu": 2, "maxMem": 8388608,
              "memory": 2097152, "persistent": true, "autostart": false, "managedSave": false, "securityModel": "testSecurity", "securityDoi": "",
              "securityLabel": "libvirt-test"
            }
            """,
            facts);
    }

    [Fact]
    public async Task What_was_done_names_what_it_was_done_to()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        Equal($$"""{"name": "test", "uuid": "{{TestUuid}}"}""", await Virtactl.On(daemon.TestUri).JsonAsync("suspend", "test"));
        Equal($$"""{"name": "test", "uuid": "{{TestUuid}}", "autostart": true}""", await Virtactl.On(daemon.TestUri).JsonAsync("autostart", "test"));
    }

    [Fact]
    public async Task XML_is_one_member()
    {
        JsonNode? result = await shared.TestDriver.JsonAsync("dumpxml", "test");

        Assert.Equal(await shared.TestDriver.RunAsync("dumpxml", "test"), (string?)result!["xml"]);
    }

    private static void Equal(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}, got {actual?.ToJsonString()}");
}
