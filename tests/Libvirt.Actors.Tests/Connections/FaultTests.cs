using System.Buffers.Binary;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Connections;

public sealed class FaultTests
{
    [Fact]
    public async Task A_daemon_that_goes_away_ends_every_call_at_once_with_the_reason()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync(new HypervisorOptions { MaxInFlight = 3 });

        Task<ulong>[] calls = [.. Enumerable.Range(0, 5).Select(_ => scenario.AskVersionAsync())];
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        scenario.Daemon.Close();

        for (int i = 0; i < 5; i++)
        {
            LibvirtConnectionLostException lost = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => calls[i]);
            Assert.Equal(i < 2, lost.Sent);
            Assert.IsType<EndOfStreamException>(lost.InnerException);
        }

        await scenario.ReachAsync<HypervisorState.Closed>();
        LibvirtConnectionLostException after = await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => scenario.AskVersionAsync());
        Assert.False(after.Sent);
        Assert.IsType<EndOfStreamException>(after.InnerException);
    }

    public static TheoryData<string, byte[]> BadFrames() => new()
    {
        { "a length below the header's", Prefix(27) },
        { "a length beyond the limit", Prefix(33554437) },
        { "a reply to a serial that no call has", Frame(Reply with { Serial = 77 }) },
        { "a reply of another procedure", Frame(Reply with { Procedure = 2 }) },
        { "a reply of another program", Frame(Reply with { Program = 0x20008087 }) },
        { "a reply with a status that replies do not have", Frame(Reply with { Status = MessageStatus.Continue }) },
        { "a reply that ends early", Frame(Reply, 4) },
        { "a reply that is too long", Frame(Reply, 12) },
        { "an error reply that is no error", Frame(Reply with { Status = MessageStatus.Error }, 8) },
        { "a call from the daemon", Frame(Reply with { Type = MessageType.Call }) },
        { "a type that does not exist", Frame(Reply with { Type = (MessageType)9 }) },
    };

    private static MessageHeader Reply => new(RemoteProcedures.ConnectGetLibVersion.Program, 1, RemoteProcedures.ConnectGetLibVersion.Number, MessageType.Reply, 4, MessageStatus.Ok);

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task A_frame_that_breaks_the_protocol_ends_the_connection_and_its_calls_with_a_clear_error(string what, byte[] bytes)
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<ulong> asked = scenario.AskVersionAsync();
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        Assert.Equal(4u, call.Header.Serial);
        await scenario.Daemon.SendBytesAsync(bytes);

        LibvirtException error = await Assert.ThrowsAnyAsync<LibvirtException>(() => asked);
        Exception protocolError = error is LibvirtConnectionLostException ? error.InnerException! : error;
        Assert.True(protocolError is LibvirtProtocolException, $"{what}: {protocolError}");
        await scenario.ReachAsync<HypervisorState.Closed>();
        Assert.True(scenario.Daemon.Client.IsDisposed, what);
    }

    [Fact]
    public async Task An_event_is_not_taken_for_the_reply_of_the_call_that_has_its_serial()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        Task<ulong> asked = scenario.AskVersionAsync();
        SentFrame call = await scenario.Daemon.ExpectCallAsync(RemoteProcedures.ConnectGetLibVersion);
        await scenario.Daemon.SendAsync(call.Header with { Type = MessageType.Message }, new ConnectGetLibVersionRet { LibVer = 666 });
        await scenario.Daemon.ReplyAsync(call, new ConnectGetLibVersionRet { LibVer = 1 });

        Assert.Equal(1ul, await asked);
    }

    [Fact]
    public async Task Packets_of_a_stream_that_has_ended_are_dropped()
    {
        await using ConnectedScenario scenario = await ConnectedScenario.StartAsync();

        MessageHeader packet = new(Reply.Program, 1, 209, MessageType.Stream, 99, MessageStatus.Continue);
        await scenario.Daemon.SendAsync(packet, new ConnectGetLibVersionRet { LibVer = 666 });
        Task<ulong> asked = scenario.AskVersionAsync();
        await scenario.AnswerVersionAsync(1);

        Assert.Equal(1ul, await asked);
    }

    private static byte[] Prefix(uint length)
    {
        byte[] bytes = new byte[64];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, length);
        return bytes;
    }

    private static byte[] Frame(MessageHeader header, int payload = 8)
    {
        byte[] bytes = new byte[FrameLimits.PrefixSize + payload];
        Frames.Encode(header, XdrVoid.Value).CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        return bytes;
    }
}
