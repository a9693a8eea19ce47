using Libvirt.Calls;
using Libvirt.Connections;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Tests.Connections;

public sealed class CallHandoverTests : IDisposable
{
    private static readonly IOException Lost = new("The daemon was killed.");

    private readonly ConnectionParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public void After_a_failure_a_call_that_reads_is_passed_to_the_next_connection()
    {
        PendingCall<DomainGetInfoRet> call = _parts.NewCall(RemoteProcedures.DomainGetInfo);
        call.WasSent = true;

        Handover().RetryOrFail(call, Lost);

        Assert.Equal([call], _parts.PassedOn);
        Assert.False(call.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_failure_a_call_that_changes_something_fails_and_says_whether_it_was_sent(bool sent)
    {
        PendingCall<XdrVoid> call = _parts.NewCall(RemoteProcedures.DomainSuspend);
        call.WasSent = sent;

        Handover().RetryOrFail(call, Lost);

        LibvirtConnectionLostException error = await ConnectionParts.FailureOfAsync<LibvirtConnectionLostException, XdrVoid>(call);
        Assert.Equal(sent, error.Sent);
        Assert.Same(Lost, error.InnerException);
        Assert.Empty(_parts.PassedOn);
    }

    [Fact]
    public async Task Calls_that_read_fail_if_the_connection_was_closed_in_order()
    {
        PendingCall<DomainGetInfoRet> call = _parts.NewCall(RemoteProcedures.DomainGetInfo);

        Handover().RetryOrFail(call, reason: null);

        await ConnectionParts.FailureOfAsync<LibvirtConnectionLostException, DomainGetInfoRet>(call);
        Assert.Empty(_parts.PassedOn);
    }

    [Fact]
    public async Task Calls_that_read_fail_if_retrying_is_turned_off()
    {
        PendingCall<DomainGetInfoRet> call = _parts.NewCall(RemoteProcedures.DomainGetInfo);

        Handover(new HypervisorOptions { RetryReads = false }).RetryOrFail(call, Lost);

        await ConnectionParts.FailureOfAsync<LibvirtConnectionLostException, DomainGetInfoRet>(call);
        Assert.Empty(_parts.PassedOn);
    }

    [Fact]
    public async Task Control_calls_belong_to_their_connection_and_are_not_retried()
    {
        PendingCall<ConnectGetLibVersionRet> call = _parts.NewCall(RemoteProcedures.ConnectGetLibVersion, CallPriority.Control);

        Handover().RetryOrFail(call, Lost);

        await ConnectionParts.FailureOfAsync<LibvirtConnectionLostException, ConnectGetLibVersionRet>(call);
        Assert.Empty(_parts.PassedOn);
    }

    [Fact]
    public void A_call_that_arrives_while_an_overflow_connection_closes_goes_back_to_the_one_it_relieved()
    {
        PendingCall<XdrVoid> call = _parts.NewCall(RemoteProcedures.DomainSuspend);

        new CallHandover(_parts.Options, _parts.Handle, ConnectionRole.Overflow).Redirect(call);

        Assert.Equal([call], _parts.PassedOn);
        Assert.False(call.IsCompleted);
    }

    [Fact]
    public async Task A_call_that_arrives_while_a_main_connection_closes_fails_without_having_been_sent()
    {
        PendingCall<DomainGetInfoRet> call = _parts.NewCall(RemoteProcedures.DomainGetInfo);

        Handover().Redirect(call);

        Assert.False((await ConnectionParts.FailureOfAsync<LibvirtConnectionLostException, DomainGetInfoRet>(call)).Sent);
    }

    private CallHandover Handover(HypervisorOptions? options = null) => new(options ?? _parts.Options, _parts.Handle, ConnectionRole.Main);
}
