using System.Text.Json;
using Libvirt.Protocol.Schema;

namespace Libvirt.Protocol.Tests;

public sealed class SchemaErrorTests
{
    private const string Domain = """{"name": "web", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": -1}""";

    [Theory]
    [InlineData("domain_get_info", """{}""", "dom")]
    [InlineData("domain_get_info", """[]""", "")]
    [InlineData("domain_get_info", """{"dom": 5}""", "dom")]
    [InlineData("domain_get_info", """{"dom": null}""", "dom")]
    [InlineData("domain_get_info", """{"dom": {"name": "web", "id": 1}}""", "dom.uuid")]
    [InlineData("domain_get_info", """{"dom": {"name": "web", "uuid": "web", "id": 1}}""", "dom.uuid")]
    [InlineData("domain_get_info", """{"dom": {"name": 1, "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": 1}}""", "dom.name")]
    [InlineData("domain_get_info", """{"dom": {"name": "web\u0000", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": 1}}""", "dom.name")]
    [InlineData("domain_get_info", """{"dom": {"name": "\ud800", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": 1}}""", "dom.name")]
    [InlineData("domain_get_info", """{"dom": {"name": "web", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": 2147483648}}""", "dom.id")]
    [InlineData("domain_get_info", """{"dom": {"name": "web", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": 1.5}}""", "dom.id")]
    [InlineData("domain_get_info", """{"dom": {"name": "web", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": "1"}}""", "dom.id")]
    [InlineData("domain_get_info", """{"dom": {"name": "web", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": 1, "ID": 1}}""", "dom.ID")]
    [InlineData("domain_get_info", """{"dom": {"name": "web", "name": "web", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "id": 1}}""", "dom.name")]
    [InlineData("connect_get_hostname", """{"flags": 0}""", "")]
    [InlineData("connect_list_all_domains", """{"need_results": 1, "flags": -1}""", "flags")]
    [InlineData("connect_list_all_domains", """{"need_results": 1, "flags": 4294967296}""", "flags")]
    [InlineData("connect_list_all_domains", """{"need_results": 1, "flags": 1e3}""", "flags")]
    [InlineData("connect_list_all_domains", """{"need_results": true, "flags": 0}""", "need_results")]
    [InlineData("connect_baseline_cpu", """{"xmlCPUs": ["<a/>", 5], "flags": 0}""", "xmlCPUs[1]")]
    [InlineData("connect_baseline_cpu", """{"xmlCPUs": "<a/>", "flags": 0}""", "xmlCPUs")]
    [InlineData("node_set_memory_parameters", """{"params": [{"field": "a", "value": {"ul": 5}}], "flags": 0}""", "params[0].value.type")]
    [InlineData("node_set_memory_parameters", """{"params": [{"field": "a", "value": {"type": "long", "l": 5}}], "flags": 0}""", "params[0].value.type")]
    [InlineData("node_set_memory_parameters", """{"params": [{"field": "a", "value": {"type": "ullong"}}], "flags": 0}""", "params[0].value.ul")]
    [InlineData("node_set_memory_parameters", """{"params": [{"field": "a", "value": {"type": "ullong", "ul": -1}}], "flags": 0}""", "params[0].value.ul")]
    [InlineData("node_set_memory_parameters", """{"params": [{"field": "a", "value": {"type": "int", "ul": 1}}], "flags": 0}""", "params[0].value.ul")]
    [InlineData("secret_set_value", """{"secret": {"uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "usageType": 0, "usageID": ""}, "value": "%%", "flags": 0}""", "value")]
    [InlineData("auth_sasl_step", """{"nil": 0, "data": 5}""", "data")]
    public void The_field_at_fault_is_named(string procedure, string json, string field)
    {
        SchemaException error = Assert.Throws<SchemaException>(() => Encode(procedure, json));
        Assert.Equal(field, error.Field);
        Assert.StartsWith(field.Length == 0 ? "arguments: " : field + ": ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_field_is_said_to_be_missing() =>
        Assert.Contains("missing", Assert.Throws<SchemaException>(() => Encode("domain_lookup_by_name", "{}")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_field_is_told_what_there_is() =>
        Assert.Contains("name", Assert.Throws<SchemaException>(() => Encode("domain_lookup_by_name", """{"nme": "web"}""")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_list_beyond_its_limit_is_refused()
    {
        string xml = string.Join(',', Enumerable.Repeat("\"<cpu/>\"", 257));
        SchemaException error = Assert.Throws<SchemaException>(() => Encode("connect_baseline_cpu", $$"""{"xmlCPUs": [{{xml}}], "flags": 0}"""));
        Assert.Equal("xmlCPUs", error.Field);
    }

    [Fact]
    public void A_text_beyond_its_limit_is_refused()
    {
        string name = new('x', 4_194_305);
        Assert.Equal("name", Assert.Throws<SchemaException>(() => Encode("domain_lookup_by_name", $$"""{"name": "{{name}}"}""")).Field);
    }

    [Fact]
    public void A_secret_does_not_show_in_the_error()
    {
        string json = $$"""{"dom": {{Domain}}, "user": "root", "password": 123454321, "flags": 0}""";
        SchemaException error = Assert.Throws<SchemaException>(() => Encode("domain_set_user_password", json));
        Assert.Equal("password", error.Field);
        Assert.DoesNotContain("123454321", error.ToString(), StringComparison.Ordinal);
    }

    private static byte[] Encode(string procedure, string json)
    {
        Assert.True(ProtocolSchema.Default.TryFind(procedure, out ProcedureSchema? schema));
        return SchemaCodec.Encode(schema.Arguments, JsonElement.Parse(json));
    }
}
