using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Events;
using Libvirt.FileDescriptors;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Transports;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Connections;

/// <summary>
/// Passes received frames on by their type: replies to their calls, packets to their streams, events to the owner of the connection. Pings are answered here.
/// Used in the connection's turns only.
/// </summary>
internal sealed class FrameRouter(
    OutgoingCalls calls,
    StreamTable streams,
    FrameSender sender,
    KeepAliveMonitor keepAlive,
    DescriptorTransport? descriptors,
    ConnectionSettings settings,
    ConnectionHandle connection,
    IConnectionOwner owner,
    ILogger log)
{
    private readonly ReplyHandler _replies = new(calls, streams, connection, settings, log);
    private ReceivedFrames? _frames;
    private int _unrouted;

    /// <summary>Whether the user of a stream has not read what was received last, so that the socket is not read.</summary>
    public bool IsReadingPaused => _frames is { IsHeld: true };

    /// <summary>Routes frames until one of them ends the connection.</summary>
    /// <returns>Why the connection must end; null if it continues.</returns>
    public Exception? Route(ReceivedFrames frames)
    {
        _frames = frames;
        ReadOnlySpan<byte> bytes = frames.Bytes.Span;
        calls.AllowSendingAhead();
        keepAlive.PacketReceived();
        try
        {
            while (FrameScanner.TryReadFrame(ref bytes, out MessageHeader header, out ReadOnlySpan<byte> payload))
            {
                _unrouted = bytes.Length;
                if (Route(header, payload) is { } reason)
                    return reason;
            }

            return null;
        }
        catch (ProtocolException error)
        {
            return new LibvirtProtocolException($"The daemon broke the protocol: {error.Message}", error);
        }
    }

    private Exception? Route(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        switch (header.Type)
        {
            case MessageType.Reply:
                return RouteReply(header, payload);
            case MessageType.ReplyWithFds when descriptors is not null:
                return RouteReplyWithDescriptors(header, payload, descriptors);
            case MessageType.Message when header.Program == KeepAliveProgram.Number:
                HandleKeepAlive(header);
                return null;
            case MessageType.Message:
                // Events carry a serial of their own (1), so they must never be looked up among the calls.
                return RouteEvent(header, payload);
            case MessageType.Stream or MessageType.StreamHole:
                RouteToStream(header, payload.Length);
                return null;
            default:
                throw new ProtocolException($"A daemon does not send messages of type {header.Type}.");
        }
    }

    private Exception? RouteReply(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        if (calls.TryTake(header.Serial, out IPendingCall? call))
            return _replies.Handle(call, header, payload, _frames!.Unblocked);
        if (!streams.Includes(header))
            throw new ProtocolException($"A reply came for serial {header.Serial}, which no call has.");
        RouteToStream(header, payload.Length);
        return null;
    }

    /// <summary>The descriptors may arrive after the frame: the call is told where it gets them, and is then answered as any other.</summary>
    private Exception? RouteReplyWithDescriptors(in MessageHeader header, ReadOnlySpan<byte> payload, DescriptorTransport transport)
    {
        XdrReader reader = new(payload);
        uint count = reader.ReadUInt32();
        if (count > FrameLimits.MaxFileDescriptors)
            throw new ProtocolException($"A reply says that {count} file descriptors come with it; {FrameLimits.MaxFileDescriptors} may.");
        Task<SafeFileHandle[]> incoming = transport.TakeAsync((int)count);
        if (calls.Serials.TryGet(header.Serial, out IPendingCall? call) && call.Descriptors is { } exchange)
            exchange.Deliver(incoming);
        else
            DescriptorExchange.CloseWhenCome(incoming);
        return RouteReply(header, payload[sizeof(uint)..]);
    }

    private void HandleKeepAlive(in MessageHeader header)
    {
        if (header.Procedure == (int)KeepAliveProcedure.Ping)
            sender.AddKeepAlive(KeepAliveProcedure.Pong);
        else
            keepAlive.PongReceived();
    }

    private IOException? RouteEvent(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        if (!EventCatalog.TryFind(header.Program, header.Procedure, out CatalogEntry? entry))
        {
            ConnectionLog.EventDropped(log, header.Program, header.Procedure);
            return null;
        }

        LibvirtEvent happened = entry.Wire.Read(payload, out int? callbackId);
        owner.OnEvent(new EventArrived(connection, entry, callbackId, happened));
        return happened is ConnectionClosedEvent
            ? new IOException($"The daemon on {settings.Endpoint} has lost the one that serves '{settings.Uri.DriverName}' behind it.")
            : null;
    }

    /// <summary>Streams get the received memory itself, which ends where the frames that are not routed yet begin.</summary>
    private void RouteToStream(in MessageHeader header, int length)
    {
        int end = _frames!.Bytes.Length - _unrouted;
        streams.Route(header, _frames.Bytes[(end - length)..end], _frames);
    }
}
