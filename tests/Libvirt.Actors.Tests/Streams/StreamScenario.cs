using System.Buffers;
using System.IO.Pipelines;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Streams;

/// <summary>An open console whose daemon is played by the test.</summary>
internal sealed class StreamScenario : IAsyncDisposable
{
    private StreamScenario(ConnectedScenario connected, SentFrame call, LibvirtStream stream)
    {
        Connected = connected;
        Call = call;
        Stream = stream;
    }

    public ConnectedScenario Connected { get; }

    public ScriptedDaemon Daemon => Connected.Daemon;

    public SentFrame Call { get; }

    public LibvirtStream Stream { get; }

    public static async Task<StreamScenario> OpenAsync(StreamOptions? options = null, ConnectedScenario? connected = null)
    {
        connected ??= await ConnectedScenario.StartAsync();
        ValueTask<LibvirtStream> opening = OpeningAsync(connected, options);
        SentFrame call = await connected.Daemon.ExpectCallAsync(RemoteProcedures.DomainOpenConsole);
        await connected.Daemon.ReplyAsync(call, XdrVoid.Value);
        return new StreamScenario(connected, call, await opening);
    }

    public static Domain Guest(ConnectedScenario connected) => new(connected.Hypervisor, new RemoteDomain("guest", Guid.Empty, 1));

    /// <summary>A console on the shared connection is asked for.</summary>
    public static ValueTask<LibvirtStream> OpeningAsync(
        ConnectedScenario connected, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        Guest(connected).OpenConsoleAsync(options: (options ?? StreamOptions.Default) with { SharesConnection = true }, cancellationToken: cancellationToken);

    public Task SendAsync(byte[] data) => SendAsync(Call, MessageStatus.Continue, data);

    public Task SendAsync(MessageStatus status) => SendAsync(Call, status, []);

    public Task SendErrorAsync(string text) => Daemon.SendAsync(
        Call.Header with { Type = MessageType.Stream, Status = MessageStatus.Error }, Errors.Remote(ErrorNumber.OperationFailed, ErrorDomain.Streams, text));

    public Task SendAsync(SentFrame call, MessageStatus status, byte[] data) => Daemon.SendBytesAsync(Packet(call, status, data));

    public static byte[] Packet(SentFrame call, MessageStatus status, byte[] data) =>
        Frames.Encode(call.Header with { Type = MessageType.Stream, Status = status }, data);

    /// <summary>The client's next frame, which must be a packet of the stream.</summary>
    public async Task<byte[]> ExpectPacketAsync(MessageStatus status)
    {
        SentFrame frame = await Daemon.NextFrameAsync() ?? throw new InvalidOperationException("The client closed where a stream packet was expected.");
        Assert.Equal(Call.Header with { Type = MessageType.Stream, Status = status }, frame.Header);
        return frame.Payload;
    }

    /// <summary>Reads exactly that many bytes.</summary>
    public static async Task<byte[]> ReadAsync(PipeReader reader, int count)
    {
        ReadResult result = await reader.ReadAtLeastAsync(count).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        byte[] bytes = result.Buffer.Slice(0, Math.Min(count, result.Buffer.Length)).ToArray();
        reader.AdvanceTo(result.Buffer.GetPosition(bytes.Length));
        return bytes;
    }

    /// <summary>A call goes through: the connection is well.</summary>
    public async Task ConnectionWorksAsync()
    {
        Task<ulong> version = Connected.AskVersionAsync();
        await Connected.AnswerVersionAsync(7);
        Assert.Equal(7ul, await version);
    }

    public async ValueTask DisposeAsync() => await Connected.DisposeAsync();
}
