using System.Buffers;

namespace Libvirt.Simulator;

internal sealed partial class ClientSession
{
    private void HandleCall(MessageHeader header, in ReadOnlySequence<byte> payload)
    {
        if (!TryPrepare(header, payload, out PreparedCall call, out SimulatedFailureException? refusal))
        {
            Reply(header, FrameEncoder.Encode(ErrorHeader(header), refusal!.ToWire()), null);
            return;
        }
        _window.Enter();
        if (_simulator.Script.FindCallFault(this, call.Handler.Procedure) is CallFault fault)
        {
            _ = ServeFaultilyAsync(call, fault);
            return;
        }
        Complete(call, Invoke(call));
    }

    /// <summary>Finds who serves a call and reads its arguments; the refusal is libvirtd's own where there is nobody.</summary>
    private static bool TryPrepare(MessageHeader header, in ReadOnlySequence<byte> payload, out PreparedCall call, out SimulatedFailureException? refusal)
    {
        call = default;
        refusal = null;
        if (!ProcedureTable.HasProgram(header.Program, header.Version))
            refusal = Failures.Rpc($"Cannot find program {header.Program} version {header.Version}");
        else if (ProcedureTable.Default.TryGet(header.Program, header.Procedure, out ProcedureHandler? handler))
            return TryDecode(header, handler, payload, out call, out refusal);
        else if (ProcedureTable.TryGetKnown(header.Program, header.Procedure, out Procedure? known))
            refusal = Failures.NotSupported(known);
        else
            refusal = Failures.Rpc($"unknown procedure: {header.Procedure}");
        return false;
    }

    private static bool TryDecode(
        MessageHeader header,
        ProcedureHandler handler,
        in ReadOnlySequence<byte> payload,
        out PreparedCall call,
        out SimulatedFailureException? refusal)
    {
        try
        {
            call = new PreparedCall(header, handler, handler.Decode(payload));
            refusal = null;
            return true;
        }
        catch (ProtocolException)
        {
            call = default;
            refusal = Failures.Rpc("Unable to decode message payload");
            return false;
        }
    }

    private CallOutcome Invoke(PreparedCall call)
    {
        CallContext context = new(this);
        try
        {
            CheckAllowed(call.Handler);
            IXdrWritable result = InvokeLocked(call, context);
            return new CallOutcome(FrameEncoder.Encode(call.Header with { Type = MessageType.Reply, Status = MessageStatus.Ok }, result), context.Stream);
        }
        catch (SimulatedFailureException e)
        {
            return new CallOutcome(FrameEncoder.Encode(ErrorHeader(call.Header), e.ToWire()), null);
        }
        catch (OverflowException)
        {
            SimulatedFailureException failure = Failures.Argument("a number is beyond what can be served");
            return new CallOutcome(FrameEncoder.Encode(ErrorHeader(call.Header), failure.ToWire()), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SimulatedFailureException failure = new(ErrorNumber.SystemError, ErrorDomain.Storage, e.Message);
            return new CallOutcome(FrameEncoder.Encode(ErrorHeader(call.Header), failure.ToWire()), null);
        }
        catch (ArgumentException e)
        {
            // A result that the protocol cannot carry, such as a string beyond its limit.
            SimulatedFailureException failure = new(ErrorNumber.Rpc, ErrorDomain.Rpc, "Unable to encode message payload: " + e.Message);
            return new CallOutcome(FrameEncoder.Encode(ErrorHeader(call.Header), failure.ToWire()), null);
        }
    }

    private void CheckAllowed(ProcedureHandler handler)
    {
        if (!IsAuthenticated && !AuthenticationCalls.Precedes(handler.Procedure))
            throw Failures.Rpc("authentication required");
        if (handler.ServesUnopened)
            return;
        if (Host is null)
            throw Failures.NotOpen();
        if (IsReadOnly && !handler.Procedure.IsReading && !EventCalls.IsRegistration(handler.Procedure))
            throw Failures.ReadOnly(handler.Procedure);
    }

    private IXdrWritable InvokeLocked(PreparedCall call, CallContext context)
    {
        if (Host is null)
            return call.Handler.Invoke(context, call.Arguments);
        lock (Host.Gate)
            return call.Handler.Invoke(context, call.Arguments);
    }

    private void Complete(PreparedCall call, CallOutcome outcome)
    {
        Reply(call.Header, outcome.Reply, outcome.Stream);
        _window.Leave();
    }

    /// <summary>Sends a reply and begins the stream that comes with it.</summary>
    private void Reply(MessageHeader header, ReadOnlySpan<byte> frame, SessionStream? stream)
    {
        if (stream is not null)
            Attach(header, stream);
        _outbound.Send(frame);
        stream?.Start();
        if (HasEnded)
            CloseStreams();
        if (_isClosing)
            CloseWhenDrained();
    }

    private static MessageHeader ErrorHeader(MessageHeader call) => call with { Type = MessageType.Reply, Status = MessageStatus.Error };
}
