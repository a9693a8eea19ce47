using Libvirt.Protocol.Generator.Model;
using Libvirt.Testing;

namespace Libvirt.Protocol.Generator.Tests;

public sealed class ModelTests
{
    private static readonly string Folder = RepositoryRoot.Combine("src", "Libvirt.Protocol.Generator", "Model");
    private static readonly ProtocolModel Model = ModelStore.Load(Folder);

    [Fact]
    public void Each_procedure_of_each_program_knows_the_version_it_came_with()
    {
        ModelProcedure[] all = [.. Model.Programs.SelectMany(program => program.Procedures)];
        Assert.Equal(486, all.Length);
        Assert.All(all, procedure => Assert.True(Version.TryParse(procedure.Since, out _), procedure.Name));
    }

    [Theory]
    [InlineData("remote", 0x20008086u, 456)]
    [InlineData("qemu", 0x20008087u, 7)]
    [InlineData("lxc", 0x00068000u, 1)]
    [InlineData("admin", 0x06900690u, 20)]
    [InlineData("keepalive", 0x6b656570u, 2)]
    public void A_program_has_its_number_and_all_its_procedures(string name, uint number, int procedures)
    {
        ModelProgram program = Model.Programs.Single(p => p.Name == name);
        Assert.Equal(number, program.Number);
        Assert.Equal(1u, program.Version);
        Assert.Equal(Enumerable.Range(1, procedures), program.Procedures.Select(p => p.Number));
    }

    [Fact]
    public void A_procedure_knows_what_it_serves_and_since_when()
    {
        ModelProcedure procedure = Find("REMOTE_PROC_DOMAIN_GET_INFO");
        Assert.Equal(16, procedure.Number);
        Assert.Equal("virDomainGetInfo", procedure.Function);
        Assert.Equal("https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetInfo", procedure.Address);
        Assert.Equal("0.0.3", procedure.Since);
        Assert.Equal(["domain:read"], procedure.Acl);
        Assert.True(procedure.Reading);
    }

    [Theory]
    [InlineData("REMOTE_PROC_STORAGE_VOL_UPLOAD", "write", "VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM")]
    [InlineData("REMOTE_PROC_STORAGE_VOL_DOWNLOAD", "read", "VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM")]
    [InlineData("REMOTE_PROC_DOMAIN_OPEN_CONSOLE", "both", null)]
    [InlineData("REMOTE_PROC_DOMAIN_OPEN_CHANNEL", "both", null)]
    [InlineData("REMOTE_PROC_DOMAIN_MIGRATE_PREPARE_TUNNEL3_PARAMS", "write", null)]
    public void A_stream_has_a_direction(string name, string direction, string? sparse)
    {
        Assert.Equal(direction, Find(name).Stream);
        Assert.Equal(sparse, Find(name).Sparse);
    }

    [Theory]
    [InlineData(454, "REMOTE_PROC_DOMAIN_EVENT_VCPU_REMOVED", "12.4.0")]
    [InlineData(455, "REMOTE_PROC_DOMAIN_EVENT_CALLBACK_CHANNEL_LIFECYCLE", "12.4.0")]
    [InlineData(456, "REMOTE_PROC_DOMAIN_ANNOUNCE_INTERFACE", "12.5.0")]
    public void The_latest_procedures_are_there(int number, string name, string since)
    {
        Assert.Equal(number, Find(name).Number);
        Assert.Equal(since, Find(name).Since);
    }

    [Theory]
    [InlineData("REMOTE_STRING_MAX", 4194304)]
    [InlineData("REMOTE_DOMAIN_LIST_MAX", 16384)]
    [InlineData("REMOTE_SECURITY_LABEL_MAX", 4097)]
    [InlineData("VIR_UUID_BUFLEN", 16)]
    [InlineData("VIR_NET_MESSAGE_PAYLOAD_MAX", 33554408)]
    public void A_limit_has_its_value(string name, long value) => Assert.Equal(value, Model.Constants.Single(c => c.Key == name).Value);

    [Fact]
    public void A_symbolic_enum_value_is_resolved()
    {
        ApiEnum flags = Model.Enums.Single(e => e.Name == "virDomainDeviceModifyFlags");
        Assert.Equal(2, flags.Members.Single(m => m.Name == "VIR_DOMAIN_DEVICE_MODIFY_CONFIG").Value);
        Assert.True(flags.Flags);
    }

    [Fact]
    public void Flags_know_their_enum_or_that_they_are_reserved()
    {
        Assert.Equal("virConnectListAllDomainsFlags", Flags("virConnectListAllDomains").Enum);
        Assert.Equal("virInterfaceXMLFlags", Flags("virInterfaceGetXMLDesc").Enum);
        Assert.True(Flags("virDomainReset").Unused);
        Assert.All(
            Model.Functions.SelectMany(f => f.Arguments.Where(a => a.Name == "flags").Select(a => (f.Name, Argument: a))),
            f => Assert.True(f.Argument.Enum is not null || f.Argument.Unused || f.Name == "virDomainQemuAgentCommand", f.Name));
    }

    [Fact]
    public void What_is_written_is_what_was_read()
    {
        foreach ((string file, string text) in ModelStore.Write(Model))
            Assert.Equal(File.ReadAllText(Path.Combine(Folder, file)), text);
    }

    [Fact]
    public void The_model_holds_no_sentences_of_libvirts()
    {
        string api = File.ReadAllText(Path.Combine(Folder, ModelStore.ApiFile));
        Assert.DoesNotContain("info", Model.Functions.SelectMany(f => f.Arguments).Select(a => a.Enum).OfType<string>());
        Assert.DoesNotMatch("[a-z]+ [a-z]+ [a-z]+ [a-z]+", api);
    }

    private static ModelProcedure Find(string name) => Model.Programs.SelectMany(p => p.Procedures).Single(p => p.Name == name);

    private static ApiArgument Flags(string function) => Model.Functions.Single(f => f.Name == function).Arguments.Single(a => a.Name == "flags");
}
