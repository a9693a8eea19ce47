using System.Buffers;
using System.Text;
using System.Text.Json;
using Libvirt.Protocol.Remote;
using Libvirt.Protocol.Schema;

namespace Libvirt.Protocol.Tests;

public sealed class SchemaValueTests
{
    [Fact]
    public void Whole_numbers_are_exact_to_the_last_of_64_bits()
    {
        DomainGetInfoRet info = new() { State = 1, MaxMem = ulong.MaxValue, Memory = (1UL << 53) + 1, NrVirtCpu = ushort.MaxValue, CpuTime = 0 };
        Assert.Equal(
            """{"state":1,"maxMem":18446744073709551615,"memory":9007199254740993,"nrVirtCpu":65535,"cpuTime":0}""",
            Show("domain_get_info", XdrPayload.Write(info)));
        byte[] given = Encode("domain_send_process_signal", """
            {"dom": {"name": "w", "uuid": "6695eb01f6a4830479aa97f2502e193f", "id": 1}, "pid_value": -9223372036854775808, "signum": 15, "flags": 0}
            """);
        Assert.Equal(long.MinValue, XdrPayload.Read<DomainSendProcessSignalArgs>(given).PidValue);
    }

    [Fact]
    public void A_value_that_may_be_missing_may_be_null_or_left_out()
    {
        byte[] withNull = Encode("connect_open", """{"name": null, "flags": 1}""");
        byte[] without = Encode("connect_open", """{"flags": 1}""");
        Assert.Equal(withNull, without);
        Assert.Null(XdrPayload.Read<ConnectOpenArgs>(without).Name);
        Assert.Equal("", XdrPayload.Read<ConnectOpenArgs>(Encode("connect_open", """{"name": "", "flags": 1}""")).Name);
    }

    [Theory]
    [InlineData("\"int\"")]
    [InlineData("\"VIR_TYPED_PARAM_INT\"")]
    [InlineData("1")]
    public void A_typed_parameter_may_name_its_type_in_three_ways(string type)
    {
        byte[] bytes = Encode("node_set_memory_parameters", $$"""{"params": [{"field": "shm", "value": {"type": {{type}}, "i": -5} }], "flags": 0}""");
        RemoteTypedParam parameter = Assert.Single(XdrPayload.Read<NodeSetMemoryParametersArgs>(bytes).Params);
        Assert.Equal(new RemoteTypedParam("shm", RemoteTypedParamValue.FromInt32(-5)), parameter);
    }

    [Fact]
    public void Typed_parameters_are_shown_with_their_type()
    {
        DomainGetJobStatsRet stats = new()
        {
            Type = 1,
            Params = [new("a", RemoteTypedParamValue.FromUInt64(ulong.MaxValue)), new("b", RemoteTypedParamValue.FromBoolean(true)), new("c", RemoteTypedParamValue.FromString("x"))],
        };
        Assert.Equal(
            """{"type":1,"params":[{"field":"a","value":{"type":"ullong","ul":18446744073709551615}},{"field":"b","value":{"type":"boolean","b":1}},{"field":"c","value":{"type":"string","s":"x"}}]}""",
            Show("domain_get_job_stats", XdrPayload.Write(stats)));
    }

    [Fact]
    public void Characters_are_a_text_without_the_NULs_at_its_end()
    {
        byte[] model = new byte[32];
        "x86_64"u8.CopyTo(model);
        NodeGetInfoRet info = new() { Model = model, Memory = 1, Cpus = 1, Mhz = 1, Nodes = 1, Sockets = 1, Cores = 1, Threads = 1 };
        Assert.StartsWith("""{"model":"x86_64",""", Show("node_get_info", XdrPayload.Write(info)), StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_that_are_no_text_are_base64()
    {
        AuthSaslStepRet step = new() { Complete = 0, Nil = 0, Data = [0x00, 0xFF, 0x01] };
        Assert.Equal("""{"complete":0,"nil":0,"data":{"base64":"AP8B"}}""", Show("auth_sasl_step", XdrPayload.Write(step)));
        Assert.Equal([0x00, 0xFF, 0x01], XdrPayload.Read<AuthSaslStepArgs>(Encode("auth_sasl_step", """{"nil": 0, "data": {"base64": "AP8B"}}""")).Data);
    }

    [Fact]
    public void Opaque_data_is_base64()
    {
        Assert.Equal("""{"value":"AAEC"}""", Show("secret_get_value", XdrPayload.Write(new SecretGetValueRet { Value = [0, 1, 2] })));
    }

    [Fact]
    public void An_enum_is_its_members_name()
    {
        AuthListRet list = new() { Types = [RemoteAuthType.Sasl, RemoteAuthType.None] };
        Assert.Equal("""{"types":["REMOTE_AUTH_SASL","REMOTE_AUTH_NONE"]}""", Show("auth_list", XdrPayload.Write(list)));
    }

    [Fact]
    public void Numbers_that_are_none_are_texts()
    {
        DomainGetJobStatsRet stats = new() { Type = 0, Params = [new("a", RemoteTypedParamValue.FromDouble(double.NaN)), new("b", RemoteTypedParamValue.FromDouble(1.5))] };
        Assert.Equal(
            """{"type":0,"params":[{"field":"a","value":{"type":"double","d":"NaN"}},{"field":"b","value":{"type":"double","d":1.5}}]}""",
            Show("domain_get_job_stats", XdrPayload.Write(stats)));
    }

    [Fact]
    public void A_procedure_without_arguments_takes_an_empty_object()
    {
        Assert.Empty(Encode("connect_get_hostname", "{}"));
        Assert.Equal("{}", Show("domain_create", []));
    }

    private static byte[] Encode(string procedure, string json) => SchemaCodec.Encode(Find(procedure).Arguments, JsonElement.Parse(json));

    private static string Show(string procedure, byte[] payload)
    {
        ArrayBufferWriter<byte> shown = new();
        using (Utf8JsonWriter json = new(shown))
            SchemaCodec.Decode(Find(procedure).Result, payload, json);
        return Encoding.UTF8.GetString(shown.WrittenSpan);
    }

    private static ProcedureSchema Find(string procedure) => ProtocolSchema.Default.TryFind(procedure, out ProcedureSchema? schema)
        ? schema
        : throw new KeyNotFoundException(procedure);
}
