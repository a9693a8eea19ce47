using System.Buffers;
using System.IO.Pipelines;

namespace Libvirt.Simulator;

/// <summary>
/// One client's connection, from its acceptance to its end. One loop reads and serves; whatever is sent goes through the outbound queue, so
/// that events, streams and late replies never wait for each other.
/// </summary>
internal sealed partial class ClientSession
{
    private const int ReadBufferSize = 4096;

    private readonly HypervisorSimulator _simulator;
    private readonly SimulatedEndpoint _endpoint;
    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly OutboundQueue _outbound;
    private readonly RequestWindow _window;
    private readonly FreezeGate _freeze = new();
    private readonly CancellationTokenSource _ended = new();
    private bool _isClosing;
    private int _isClosed;

    public ClientSession(HypervisorSimulator simulator, SimulatedEndpoint endpoint, Stream stream)
    {
        _simulator = simulator;
        _endpoint = endpoint;
        _stream = stream;
        // Reads of no bytes first: an idle client keeps no buffer.
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBufferSize, leaveOpen: true, useZeroByteReads: true));
        _outbound = new OutboundQueue(stream, simulator.Options.MaxQueuedBytes, _ => Close());
        _window = new RequestWindow(simulator.Options.MaxClientRequests);
        Events = new EventRegistrations();
    }

    public HypervisorSimulator Simulator => _simulator;

    /// <summary>Where the client came in.</summary>
    public SimulatedEndpoint Endpoint => _endpoint;

    /// <summary>The host that the client opened; null before CONNECT_OPEN.</summary>
    public SimulatedHost? Host { get; private set; }

    /// <summary>Whether the client opened the host for reading only.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>The URI that the client opened.</summary>
    public string OpenedUri { get; private set; } = "";

    public EventRegistrations Events { get; }

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken Ended => _ended.Token;

    // A call may be served while the connection ends: what it has begun is then ended by itself, since the end has found nothing of it.
    private bool HasEnded => Volatile.Read(ref _isClosed) != 0;

    /// <summary>Serves the client until either side ends the connection.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (await AdmitAsync().ConfigureAwait(false))
                await ServeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException or ProtocolException)
        {
            // The client went away, or broke the protocol: libvirtd ends the connection without a word too.
        }
        finally
        {
            Close();
            await _reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Makes the host the one that the client works on.</summary>
    public void Open(SimulatedHost host, string uri, bool readOnly)
    {
        Host = host;
        OpenedUri = uri;
        IsReadOnly = readOnly;
        host.Add(this);
        if (HasEnded)
            host.Remove(this);
    }

    /// <summary>Ends the connection at once; what has not been sent is lost.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        Host?.Remove(this);
        _keepAlive?.Dispose();
        _outbound.Close();
        _freeze.Thaw();
        _ended.Cancel();
        CloseStreams();
        _stream.Dispose();
        _simulator.Remove(this);
    }

    /// <summary>Ends the connection when what has been sent so far is with the transport.</summary>
    public void CloseWhenDrained() => _ = CloseWhenDrainedAsync();

    /// <summary>Ends the connection as soon as the reply to the present call has been sent.</summary>
    public void CloseWhenDrainedAfterReply() => _isClosing = true;

    /// <summary>Keeps the socket open and does nothing more with it: nothing is read, nothing is sent.</summary>
    public void Freeze()
    {
        _freeze.Freeze();
        _outbound.Hold();
    }

    /// <summary>Goes on where <see cref="Freeze"/> stopped.</summary>
    public void Thaw()
    {
        _outbound.Release();
        _freeze.Thaw();
    }

    public void Send(MessageHeader header, IXdrWritable body) => _outbound.Send(FrameEncoder.Encode(header, body));

    public void Send(MessageHeader header, ReadOnlySpan<byte> payload) => _outbound.Send(FrameEncoder.Encode(header, payload));

    /// <summary>Completes when the transport has taken all that was sent.</summary>
    public Task DrainAsync() => _outbound.DrainAsync();

    /// <summary>Sends an event that the daemon emits unasked.</summary>
    public void Send(EventMessage message) => Send(message.Header, message.Body);

    private async Task CloseWhenDrainedAsync()
    {
        await _outbound.DrainAsync().ConfigureAwait(false);
        Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            ReadResult result = await _reader.ReadAsync(Ended).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            while (FrameScanner.TryReadFrame(ref buffer, out MessageHeader header, out ReadOnlySequence<byte> payload))
            {
                await _freeze.PassAsync(Ended).ConfigureAwait(false);
                KeepAliveHeard();
                Handle(header, payload);
                // libvirtd stops reading a client whose calls are all outstanding, pings included.
                await _window.WaitForRoomAsync(Ended).ConfigureAwait(false);
            }
            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                return;
        }
    }

    private void Handle(MessageHeader header, in ReadOnlySequence<byte> payload)
    {
        switch (header.Type)
        {
            case MessageType.Call:
                HandleCall(header, payload);
                break;
            case MessageType.Message when header.Program == KeepAliveNumber:
                HandleKeepAlive(header);
                break;
            case MessageType.Stream:
                HandleStreamData(header, payload);
                break;
            case MessageType.StreamHole:
                HandleStreamHole(header, payload);
                break;
            default:
                throw new ProtocolException($"A client does not send messages of type {header.Type} here.");
        }
    }
}
