using Libvirt.Protocol.Schema;

namespace Libvirt.Protocol.Tests;

public sealed class SchemaLookupTests
{
    [Theory]
    [InlineData("domain_get_info")]
    [InlineData("DOMAIN_GET_INFO")]
    [InlineData("remote_domain_get_info")]
    [InlineData("REMOTE_PROC_DOMAIN_GET_INFO")]
    [InlineData("remote_proc_domain_get_info")]
    [InlineData("virDomainGetInfo")]
    [InlineData("VIRDOMAINGETINFO")]
    public void A_procedure_is_found_by_each_of_its_names(string name)
    {
        Assert.True(ProtocolSchema.Default.TryFind(name, out ProcedureSchema? procedure));
        Assert.Equal("REMOTE_PROC_DOMAIN_GET_INFO", procedure.Name);
        Assert.Equal("domain_get_info", procedure.ShortName);
        Assert.Equal("0.0.3", procedure.Since);
        Assert.Equal("https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetInfo", procedure.Documentation?.ToString());
        Assert.Equal(["dom"], procedure.Arguments!.Fields.Select(f => f.Name));
        Assert.Equal(["state", "maxMem", "memory", "nrVirtCpu", "cpuTime"], procedure.Result!.Fields.Select(f => f.Name));
    }

    [Theory]
    [InlineData("connect_open", "REMOTE_PROC_CONNECT_OPEN")]
    [InlineData("admin_connect_open", "ADMIN_PROC_CONNECT_OPEN")]
    [InlineData("virDomainQemuMonitorCommand", "QEMU_PROC_DOMAIN_MONITOR_COMMAND")]
    [InlineData("domain_open_namespace", "LXC_PROC_DOMAIN_OPEN_NAMESPACE")]
    [InlineData("ping", "KEEPALIVE_PROC_PING")]
    public void A_name_that_programs_share_is_the_first_ones(string name, string found)
    {
        Assert.True(ProtocolSchema.Default.TryFind(name, out ProcedureSchema? procedure));
        Assert.Equal(found, procedure.Name);
    }

    [Fact]
    public void An_unknown_name_is_not_found() => Assert.False(ProtocolSchema.Default.TryFind("domain_get_infos", out _));

    [Fact]
    public void The_programs_are_all_there()
    {
        Assert.Equal(["remote", "qemu", "lxc", "admin", "keepalive"], ProtocolSchema.Default.Programs.Select(p => p.Name));
        Assert.Equal(456, ProtocolSchema.Default.Programs[0].Procedures.Count);
        Assert.Equal("12.8.0", ProtocolSchema.Default.Release);
    }

    [Fact]
    public void What_cannot_be_called_says_so()
    {
        Assert.True(ProtocolSchema.Default.TryFind("domain_event_lifecycle", out ProcedureSchema? sent));
        Assert.True(sent.IsEvent);
        Assert.True(ProtocolSchema.Default.TryFind("storage_vol_download", out ProcedureSchema? stream));
        Assert.True(stream.NeedsMoreThanACall);
        Assert.True(ProtocolSchema.Default.TryFind("domain_create_with_files", out ProcedureSchema? files));
        Assert.True(files.NeedsMoreThanACall);
    }

    [Fact]
    public void Traits_are_those_of_the_generated_tables()
    {
        IEnumerable<Procedure> qemuAndLxc = Qemu.QemuProcedures.All.Concat(Lxc.LxcProcedures.All);
        foreach (Procedure procedure in Remote.RemoteProcedures.All.Concat(Admin.AdminProcedures.All).Concat(qemuAndLxc))
        {
            Assert.True(ProtocolSchema.Default.TryFind(procedure.Name, out ProcedureSchema? schema));
            Assert.Equal(procedure.Traits, schema.Traits);
            Assert.Equal(procedure.Number, schema.Number);
            Assert.Equal(procedure.Program, schema.Program.Number);
            Assert.Equal(procedure.Since, schema.Since);
        }
    }
}
