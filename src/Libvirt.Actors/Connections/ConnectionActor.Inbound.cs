using Libvirt.Threads;
using Libvirt.Calls;
using Libvirt.Diagnostics;
using Libvirt.Events;
using Libvirt.FileDescriptors;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Transports;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Connections;

// Incoming frames: replies, keepalive, events, stream packets.
internal sealed partial class ConnectionActor
{
    private void Receive(ReceivedFrames frames)
    {
        try
        {
            ReadOnlySpan<byte> bytes = frames.Bytes.Span;
            _frames = frames;
            _sendsAhead = true;
            TurnContinuations.Begin(frames.Unblocked);
            _keepAlive?.Heard();
            while (_state != ConnectionState.Closed && FrameScanner.TryReadFrame(ref bytes, out MessageHeader header, out ReadOnlySpan<byte> payload))
            {
                _unrouted = bytes.Length;
                Route(header, payload);
            }
        }
        catch (ProtocolException error)
        {
            Fail(new LibvirtProtocolException($"The daemon broke the protocol: {error.Message}", error));
        }
        finally
        {
            TurnContinuations.End();
            frames.Routed();
        }
    }

    private void Route(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        switch (header.Type)
        {
            case MessageType.Reply:
                Reply(header, payload);
                break;
            case MessageType.ReplyWithFds when _transport is DescriptorTransport descriptors:
                ReplyWithDescriptors(header, payload, descriptors);
                break;
            case MessageType.Message when header.Program == KeepAliveProgram.Number:
                AnswerPing(header);
                break;
            case MessageType.Message:
                // Events carry a serial of their own (1), so they must never be looked up among the calls.
                PassOn(header, payload);
                break;
            case MessageType.Stream or MessageType.StreamHole:
                RouteToStream(header, payload.Length);
                break;
            default:
                throw new ProtocolException($"A daemon does not send messages of type {header.Type}.");
        }
    }

    private void PassOn(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        if (EventCatalog.TryFind(header.Program, header.Procedure, out CatalogEntry? entry))
        {
            LibvirtEvent happened = entry.Wire.Read(payload, out int? callbackId);
            owner.OnEvent(new EventArrived(handle, entry, callbackId, happened));
            if (happened is ConnectionClosedEvent)
                Fail(new IOException($"The daemon on {settings.Endpoint} has lost the one that serves '{settings.Uri.DriverName}' behind it."));
        }
        else
        {
            ConnectionLog.EventDropped(_log, header.Program, header.Procedure);
        }
    }

    private void Reply(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        if (!_inFlight.TryRemove(header.Serial, out IPendingCall? call))
        {
            if (IsOfStream(header))
            {
                RouteToStream(header, payload.Length);
                return;
            }

            throw new ProtocolException($"A reply came for serial {header.Serial}, which no call has.");
        }

        if (call is null || call.IsCompleted)
        {
            TakeEarlyPackets(header.Serial);
            ConnectionLog.LateReply(_log, header.Procedure, header.Serial);
            AbortUnclaimedStream(header);
            return;
        }

        Procedure procedure = call.Procedure;
        _window.Answered(procedure, settings.Time.GetElapsedTime(call.SentAt));
        if (header.Program != procedure.Program || header.Version != procedure.Version || header.Procedure != procedure.Number)
        {
            Refuse(call, $"The reply to {procedure.Name} (serial {header.Serial}) names procedure {header.Procedure} of program 0x{header.Program:x}.");
            return;
        }

        try
        {
            switch (header.Status)
            {
                case MessageStatus.Ok:
                    BeginStream(header, call);
                    call.Complete(payload, _frames!.Unblocked);
                    break;
                case MessageStatus.Error:
                    TakeEarlyPackets(header.Serial);
                    FailCall(call, CallFailures.Remote(procedure, payload));
                    break;
                default:
                    Refuse(call, $"The reply to {procedure.Name} has status {header.Status}.");
                    break;
            }
        }
        catch (ProtocolException error)
        {
            Refuse(call, $"The reply to {procedure.Name} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>
    /// A proxy whose own connection to the daemon behind it has broken serves nothing more on ours, and keeps it open. Only calls that read tell: one that
    /// changes may have failed at a third daemon, that of a migration.
    /// </summary>
    private void FailCall(IPendingCall call, LibvirtRemoteException error)
    {
        if (_state == ConnectionState.Ready && call.Procedure.IsReading && CallFailures.IsOfBrokenProxy(error))
        {
            IOException reason = new($"The daemon on {settings.Endpoint} has lost the one behind it: {error.Message}", error);
            Fail(reason);
            ReturnOrFail(call, reason);
        }
        else
        {
            call.TryFail(error);
        }
    }

    /// <summary>The descriptors may come after the frame: the call is told where it gets them, and is then answered as any other.</summary>
    private void ReplyWithDescriptors(in MessageHeader header, ReadOnlySpan<byte> payload, DescriptorTransport transport)
    {
        XdrReader reader = new(payload);
        uint count = reader.ReadUInt32();
        if (count > FrameLimits.MaxFileDescriptors)
            throw new ProtocolException($"A reply says that {count} file descriptors come with it; {FrameLimits.MaxFileDescriptors} may.");
        Task<SafeFileHandle[]> incoming = transport.TakeAsync((int)count);
        if (_inFlight.TryGet(header.Serial, out IPendingCall? call) && call.Descriptors is { } exchange)
            exchange.Deliver(incoming);
        else
            DescriptorExchange.CloseWhenCome(incoming);
        Reply(header, payload[sizeof(uint)..]);
    }

    /// <summary>A reply that breaks the protocol ends its call with the details, and the connection with it.</summary>
    private void Refuse(IPendingCall call, string text, Exception? error = null)
    {
        LibvirtProtocolException reason = new(text, error);
        call.TryFail(reason);
        Fail(reason);
    }
}
