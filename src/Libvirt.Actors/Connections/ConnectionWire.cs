using Akka.Actor;
using Libvirt.Protocol;
using Libvirt.Streams;
using Libvirt.Transports;
using Microsoft.Extensions.Logging;

namespace Libvirt.Connections;

/// <summary>
/// A connected transport, what reads it and what writes it. Exists from the handshake on. Everything but the receiver is used in the connection's turns only.
/// </summary>
internal sealed class ConnectionWire
{
    private readonly IByteTransport _transport;
    private readonly FrameReceiver _receiver;
    private readonly WireLoad _load = new();

    /// <summary>Takes the transport over and begins to read it.</summary>
    public ConnectionWire(
        IByteTransport transport,
        OutgoingCalls calls,
        KeepAliveMonitor keepAlive,
        ConnectionSettings settings,
        ConnectionHandle connection,
        IConnectionOwner owner,
        Func<StreamPort, MessageHeader, IActorRef> startStream,
        ILogger log)
    {
        _transport = transport;
        Sender = new FrameSender(transport, connection);
        Streams = new StreamTable(calls.Serials, Sender, connection, startStream, log);
        Router = new FrameRouter(calls, Streams, Sender, keepAlive, transport as DescriptorTransport, settings, connection, owner, log);
        _receiver = new FrameReceiver(transport, connection, _load, new ReaderSettings(settings.Threads, settings.Options.InlineContinuations, settings.Time, log));
        _ = _receiver.RunAsync();
    }

    public FrameSender Sender { get; }

    public StreamTable Streams { get; }

    public FrameRouter Router { get; }

    /// <summary>Tells the reader thread whether calls wait that a turn of their own would send ahead.</summary>
    public bool HasCallsToSendAhead
    {
        set => _load.HasCallsToSendAhead = value;
    }

    /// <summary>Allows a reader thread: the handshake has been completed, after which the transport does not change any more.</summary>
    public void AllowThread() => _receiver.AllowThread();

    /// <summary>Fails the packets that were not sent and closes the socket. The handle of the connection must have ended before.</summary>
    public void Close()
    {
        Streams.DropOutgoing();
        _transport.Dispose();
        Sender.Dispose();
    }
}
