using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;

namespace Libvirt.Tests.Procedures;

public sealed class ProcedureSetTests
{
    [Theory]
    [InlineData("domain_managed_save, qemu_domain_agent_command")]
    [InlineData("REMOTE_PROC_DOMAIN_MANAGED_SAVE QEMU_PROC_DOMAIN_AGENT_COMMAND")]
    [InlineData("virDomainManagedSave,,domain_managed_save , virDomainQemuAgentCommand")]
    public void Every_form_of_a_name_means_the_same_procedure(string names)
    {
        ProcedureSet set = ProcedureSet.Parse(names);

        Assert.Equal(ProcedureSet.Of(QemuProcedures.DomainAgentCommand, RemoteProcedures.DomainManagedSave), set);
        Assert.Equal(set.GetHashCode(), ProcedureSet.Parse(set.ToString()).GetHashCode());
        Assert.Equal(2, set.Count);
        Assert.True(set.Contains(RemoteProcedures.DomainManagedSave));
        Assert.False(set.Contains(RemoteProcedures.DomainSave));
    }

    [Fact]
    public void A_name_that_no_procedure_has_is_named()
    {
        FormatException error = Assert.Throws<FormatException>(() => ProcedureSet.Parse("domain_managed_save, domain_manage"));

        Assert.Contains("'domain_manage'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sets_of_different_procedures_differ()
    {
        Assert.NotEqual(ProcedureSet.Parse("domain_save"), ProcedureSet.Empty);
        Assert.Equal(ProcedureSet.Empty, ProcedureSet.Parse("  "));
        Assert.False(ProcedureSet.Empty.Contains(RemoteProcedures.DomainSave));
    }
}
