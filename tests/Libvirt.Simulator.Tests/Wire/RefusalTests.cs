using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>What libvirtd 9 was seen to answer to the same bytes.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(9999)]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(107)]
    public async Task A_procedure_that_nobody_knows_is_an_RPC_error(int number)
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = await RawClient.OpenAsync(fixture.Simulator);

        await client.SendAsync(RemoteProcedures.Program, number, MessageType.Call, []);
        RawFrame reply = await client.ReadAsync();

        Assert.Equal((39, 7, $"unknown procedure: {number}", "%s"), (reply.Error.Code, reply.Error.Domain, reply.Error.Message, reply.Error.Str1));
    }

    [Theory]
    [InlineData(0x12345678u, 1u)]
    [InlineData(0x20008086u, 2u)]
    public async Task A_program_that_nobody_knows_is_an_RPC_error(uint program, uint version)
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = await RawClient.OpenAsync(fixture.Simulator);

        await client.SendAsync(program, 1, MessageType.Call, [], version: version);
        RawFrame reply = await client.ReadAsync();

        Assert.Equal((39, 7, $"Cannot find program {program} version {version}"), (reply.Error.Code, reply.Error.Domain, reply.Error.Message));
    }

    [Fact]
    public async Task Arguments_that_cannot_be_read_are_refused_and_the_connection_goes_on()
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = await RawClient.OpenAsync(fixture.Simulator);

        await client.SendAsync(RemoteProcedures.Program, RemoteProcedures.DomainGetXmlDesc.Number, MessageType.Call, []);
        RawFrame reply = await client.ReadAsync();

        Assert.Equal("Unable to decode message payload", reply.Error.Message);
        Assert.Equal("hv1", (await client.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value)).Hostname);
    }

    [Fact]
    public async Task What_the_driver_does_not_do_is_refused_by_the_name_of_its_function()
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = await RawClient.OpenAsync(fixture.Simulator);

        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(() => client.CallAsync(
            RemoteProcedures.NodeSuspendForDuration, new NodeSuspendForDurationArgs { Target = 0, Duration = 10, Flags = 0 }));

        Assert.Equal((3, 0, "this function is not supported by the connection driver: virNodeSuspendForDuration"),
            (refused.Error.Code, refused.Error.Domain, refused.Error.Message));
        Assert.Equal(("this function is not supported by the connection driver: %s", "virNodeSuspendForDuration"), (refused.Error.Str1, refused.Error.Str2));
        Assert.Equal((2, -1, -1), (refused.Error.Level, refused.Error.Int1, refused.Error.Int2));
    }

    [Fact]
    public async Task Before_a_host_is_open_calls_are_refused()
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = new(fixture.Simulator.ConnectInMemory());

        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(() => client.CallAsync(RemoteProcedures.ConnectGetHostname, XdrVoid.Value));

        Assert.Equal((1, 7, "internal error: hypervisor connection not open"), (refused.Error.Code, refused.Error.Domain, refused.Error.Message));
    }

    [Fact]
    public async Task A_second_opening_is_refused()
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = await RawClient.OpenAsync(fixture.Simulator);

        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(
            () => client.CallAsync(RemoteProcedures.ConnectOpen, new ConnectOpenArgs { Name = null, Flags = 0 }));

        Assert.Equal("internal error: connection already open", refused.Error.Message);
    }

    [Fact]
    public async Task A_reader_may_not_change_anything()
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = await RawClient.OpenAsync(fixture.Simulator, flags: ConnectFlags.ReadOnly);

        RemoteDomain web = (await client.CallAsync(RemoteProcedures.DomainLookupByName, new DomainLookupByNameArgs { Name = "web" })).Dom;
        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(
            () => client.CallAsync(RemoteProcedures.DomainDestroy, new DomainDestroyArgs { Dom = web }));

        Assert.Equal((29, "operation forbidden: read only access prevents virDomainDestroy"), (refused.Error.Code, refused.Error.Message));
        Assert.True(fixture.Web.IsActive);
    }

    [Fact]
    public async Task An_unknown_guest_is_not_found()
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = await RawClient.OpenAsync(fixture.Simulator);

        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(() => client.CallAsync(
            RemoteProcedures.DomainGetInfo, new DomainGetInfoArgs { Dom = new RemoteDomain("nosuch", Guid.Empty, -1) }));

        Assert.Equal((42, 10), (refused.Error.Code, refused.Error.Domain));
        Assert.Equal("Domain not found: no domain with matching uuid '00000000-0000-0000-0000-000000000000' (nosuch)", refused.Error.Message);
    }

    [Fact]
    public async Task A_length_beyond_the_limit_ends_the_connection()
    {
        await using SimulatorFixture fixture = new();
        Stream stream = fixture.Simulator.ConnectInMemory();
        await using RawClient client = new(stream);

        await stream.WriteAsync(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF }, TestContext.Current.CancellationToken);

        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_ping_is_answered_before_anything_else()
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = new(fixture.Simulator.ConnectInMemory());

        await client.SendAsync(KeepAliveProgram.Number, 1, MessageType.Message, [], serial: 0);
        RawFrame pong = await client.ReadAsync();

        Assert.Equal(new MessageHeader(KeepAliveProgram.Number, 1, 2, MessageType.Message, 0, MessageStatus.Ok), pong.Header);
    }

    [Fact]
    public async Task The_connection_ends_after_the_reply_to_its_close()
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = await RawClient.OpenAsync(fixture.Simulator);

        await client.CallAsync(RemoteProcedures.ConnectClose, XdrVoid.Value);

        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task The_monitor_of_a_guest_that_is_off_cannot_be_asked()
    {
        await using SimulatorFixture fixture = new();
        await using RawClient client = await RawClient.OpenAsync(fixture.Simulator);
        RemoteDomain spare = (await client.CallAsync(RemoteProcedures.DomainLookupByName, new DomainLookupByNameArgs { Name = "spare" })).Dom;

        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(() => client.CallAsync(
            QemuProcedures.DomainMonitorCommand, new DomainMonitorCommandArgs { Dom = spare, Cmd = """{"execute":"query-status"}""", Flags = 0 }));

        Assert.Equal((55, "Requested operation is not valid: domain is not running"), (refused.Error.Code, refused.Error.Message));
    }
}
