using System.Buffers;
using System.IO.Pipelines;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Transports;

namespace Libvirt.Tests.Scripting;

/// <summary>
/// The daemon's end of an in-memory wire, played by the test: it reads what the client sent, frame by frame, and answers what the scenario says.
/// </summary>
internal sealed class ScriptedDaemon : ITransportConnector
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Pipe _toDaemon;
    private readonly Pipe _toClient = new(new PipeOptions(useSynchronizationContext: false));

    /// <param name="clientSendBuffer">Bytes the client may send ahead of the daemon's reading before its sends block.</param>
    public ScriptedDaemon(int clientSendBuffer = 1 << 20)
    {
        _toDaemon = new Pipe(new PipeOptions(
            pauseWriterThreshold: clientSendBuffer, resumeWriterThreshold: clientSendBuffer / 2, useSynchronizationContext: false));
        Client = new ScriptedTransport(_toClient.Reader, _toDaemon.Writer);
    }

    public ScriptedTransport Client { get; }

    public ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken) => new(Client);

    /// <summary>The client's next frame; null when the client has closed.</summary>
    public async Task<SentFrame?> NextFrameAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            ReadResult result = await _toDaemon.Reader.ReadAsync(patience.Token);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (FrameScanner.TryReadFrame(ref buffer, out MessageHeader header, out ReadOnlySequence<byte> payload))
            {
                SentFrame frame = new(header, payload.ToArray());
                _toDaemon.Reader.AdvanceTo(buffer.Start);
                return frame;
            }

            if (result.IsCompleted)
                return null;
            _toDaemon.Reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Whether bytes from the client wait to be read right now.</summary>
    public bool HasUnreadBytes()
    {
        if (!_toDaemon.Reader.TryRead(out ReadResult result))
            return false;
        bool any = !result.Buffer.IsEmpty;
        _toDaemon.Reader.AdvanceTo(result.Buffer.Start);
        return any;
    }

    /// <summary>The client's next frame, which must be a call of <paramref name="procedure"/>.</summary>
    public async Task<SentFrame> ExpectCallAsync(Procedure procedure)
    {
        SentFrame frame = await NextFrameAsync() ?? throw new InvalidOperationException($"The client closed where {procedure} was expected.");
        Assert.Equal((procedure.Program, procedure.Number), (frame.Header.Program, frame.Header.Procedure));
        Assert.Equal(MessageType.Call, frame.Header.Type);
        Assert.Equal(MessageStatus.Ok, frame.Header.Status);
        return frame;
    }

    public Task ReplyAsync(SentFrame call, IXdrWritable result) => SendAsync(call.Header with { Type = MessageType.Reply }, result);

    public Task ReplyErrorAsync(SentFrame call, ErrorNumber code, ErrorDomain domain, string message) => SendAsync(
        call.Header with { Type = MessageType.Reply, Status = MessageStatus.Error }, Errors.Remote(code, domain, message));

    public Task SendAsync(MessageHeader header, IXdrWritable payload) => SendBytesAsync(Frames.Encode(header, payload));

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => await _toClient.Writer.WriteAsync(bytes);

    public void Close() => _toClient.Writer.Complete();

    /// <summary>Plays a whole handshake without authentication.</summary>
    public async Task PlayHandshakeAsync(bool keepAlive = true)
    {
        await ReplyAsync(await ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [] });
        await ReplyAsync(
            await ExpectCallAsync(RemoteProcedures.ConnectSupportsFeature), new ConnectSupportsFeatureRet { Supported = keepAlive ? 1 : 0 });
        await ReplyAsync(await ExpectCallAsync(RemoteProcedures.ConnectOpen), XdrVoid.Value);
    }
}
