using Libvirt.Protocol.Admin;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;

namespace Libvirt.Protocol.Tests;

public sealed class ProcedureTableTests
{
    [Fact]
    public void The_remote_program_has_all_procedures_of_its_release() =>
        Assert.Equal(Enumerable.Range(1, 456), Enum.GetValues<RemoteProcedure>().Select(p => (int)p).Order());

    [Fact]
    public void Calls_and_events_are_the_whole_program() =>
        Assert.Equal(456, RemoteProcedures.All.Count + RemoteEvents.All.Count);

    [Fact]
    public void A_call_is_found_by_its_number()
    {
        Assert.True(RemoteProcedures.TryGet(16, out Procedure? found));
        Assert.Same(RemoteProcedures.DomainGetInfo, found);
        Assert.Equal("0.0.3", found.Since);
        Assert.False(RemoteProcedures.TryGet(107, out _));
    }

    [Fact]
    public void An_event_is_found_by_its_number()
    {
        Assert.True(RemoteEvents.TryGet(318, out ProgramEvent? found));
        Assert.Same(RemoteEvents.DomainEventCallbackLifecycle, found);
        Assert.True(QemuEvents.TryGet(6, out _));
    }

    [Theory]
    [InlineData(nameof(RemoteProcedures.DomainGetInfo), true)]
    [InlineData(nameof(RemoteProcedures.ConnectListAllDomains), true)]
    [InlineData(nameof(RemoteProcedures.SecretGetValue), true)]
    [InlineData(nameof(RemoteProcedures.DomainCreate), false)]
    [InlineData(nameof(RemoteProcedures.ConnectOpen), false)]
    [InlineData(nameof(RemoteProcedures.DomainSetSchedulerParameters), false)]
    [InlineData(nameof(RemoteProcedures.ConnectDomainEventCallbackRegisterAny), false)]
    public void Only_what_reads_may_be_repeated(string name, bool reads)
    {
        Procedure procedure = RemoteProcedures.All.Single(p => p.Name == typeof(RemoteProcedures).GetProperty(name)!.GetValue(null)!.ToString());
        Assert.Equal(reads, procedure.IsReading);
    }

    [Fact]
    public void Nothing_that_is_named_after_a_change_counts_as_reading()
    {
        string[] changes = ["_SET_", "_CREATE", "_DEFINE_", "_DESTROY", "_DELETE", "_UNDEFINE_", "REGISTER", "_ATTACH", "_DETACH", "_MIGRATE_P"];
        Assert.DoesNotContain(
            RemoteProcedures.All.Concat(AdminProcedures.All).Where(p => p.IsReading),
            p => changes.Any(c => p.Name.Contains(c, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_stream_says_its_direction()
    {
        Assert.Equal(ProcedureTraits.ReadStream | ProcedureTraits.Sparse, StreamTraits(RemoteProcedures.StorageVolDownload));
        Assert.Equal(ProcedureTraits.WriteStream | ProcedureTraits.Sparse, StreamTraits(RemoteProcedures.StorageVolUpload));
        Assert.Equal(ProcedureTraits.ReadStream | ProcedureTraits.WriteStream, StreamTraits(RemoteProcedures.DomainOpenConsole));
    }

    private static ProcedureTraits StreamTraits(Procedure procedure) =>
        procedure.Traits & (ProcedureTraits.ReadStream | ProcedureTraits.WriteStream | ProcedureTraits.Sparse);
}
