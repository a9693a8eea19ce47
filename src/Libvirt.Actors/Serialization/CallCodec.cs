using System.Diagnostics;
using Akka.Actor;
using Libvirt.Messages;
using Libvirt.Protocol;

namespace Libvirt.Serialization;

/// <summary>Calls, batches of them, and their replies.</summary>
internal sealed class CallCodec(PayloadCodec payloads)
{
    private const int CountLimit = 1 << 20;

    // A call takes no less: its procedure, three absent values and the form of its correlation id.
    private const int SmallestCall = 20;

    public void WriteCall(ref XdrWriter writer, LibvirtCall call)
    {
        ProcedureCodec.WriteProcedure(ref writer, call.Procedure);
        WriteTimeout(ref writer, call.Options.Timeout);
        payloads.Write(ref writer, call.CorrelationId);
        WriteActivity(ref writer, call.ActivityContext);
        call.WireArgs.Write(ref writer);
    }

    public LibvirtCall ReadCall(ref XdrReader reader)
    {
        Procedure procedure = ProcedureCodec.ReadProcedure(ref reader);
        CallOptions options = new(ReadTimeout(ref reader));
        object? correlationId = payloads.Read(ref reader);
        ActivityContext activity = ReadActivity(ref reader);
        return ProcedureCodec.Of(procedure).ReadCall(ref reader, options, correlationId, activity);
    }

    public void WriteReply(ref XdrWriter writer, ICallReply reply)
    {
        ProcedureCodec.WriteProcedure(ref writer, ProcedureCodec.WithResult(reply.Result.GetType()));
        payloads.Write(ref writer, reply.CorrelationId);
        ((IXdrWritable)reply.Result).Write(ref writer);
    }

    public ILibvirtMessage ReadReply(ref XdrReader reader)
    {
        Procedure procedure = ProcedureCodec.ReadProcedure(ref reader);
        object? correlationId = payloads.Read(ref reader);
        return ProcedureCodec.Of(procedure).ReadReply(ref reader, correlationId);
    }

    public void WriteBatch(ref XdrWriter writer, LibvirtBatch batch)
    {
        payloads.Write(ref writer, batch.CorrelationId);
        writer.WriteCount(batch.Calls.Count, CountLimit, "the calls of a batch");
        foreach (LibvirtCall call in batch.Calls)
            WriteCall(ref writer, call);
    }

    public LibvirtBatch ReadBatch(ref XdrReader reader)
    {
        object? correlationId = payloads.Read(ref reader);
        LibvirtCall[] calls = new LibvirtCall[reader.ReadCount(CountLimit, SmallestCall)];
        for (int i = 0; i < calls.Length; i++)
            calls[i] = ReadCall(ref reader);
        return new LibvirtBatch(calls) { CorrelationId = correlationId };
    }

    public void WriteBatchReply(ref XdrWriter writer, BatchReply reply)
    {
        payloads.Write(ref writer, reply.CorrelationId);
        writer.WriteCount(reply.Outcomes.Count, CountLimit, "the outcomes of a batch");
        foreach (BatchOutcome outcome in reply.Outcomes)
        {
            ProcedureCodec.WriteProcedure(ref writer, outcome.Procedure);
            payloads.Write(ref writer, outcome.CorrelationId);
            writer.WriteBoolean(outcome.Succeeded);
            if (outcome.Succeeded)
                ((IXdrWritable)outcome.Result!).Write(ref writer);
            else
                ExceptionCodec.Write(ref writer, outcome.Error);
        }
    }

    public BatchReply ReadBatchReply(ref XdrReader reader)
    {
        object? correlationId = payloads.Read(ref reader);
        BatchOutcome[] outcomes = new BatchOutcome[reader.ReadCount(CountLimit, 16)];
        for (int i = 0; i < outcomes.Length; i++)
            outcomes[i] = ReadOutcome(ref reader);
        return new BatchReply(outcomes, correlationId);
    }

    public void WriteFailure(ref XdrWriter writer, Status.Failure failure)
    {
        ExceptionCodec.Write(ref writer, failure.Cause);
        payloads.Write(ref writer, failure.State);
    }

    public Status.Failure ReadFailure(ref XdrReader reader) =>
        new(ExceptionCodec.Read(ref reader) ?? throw new ProtocolException("A failure has no cause."), payloads.Read(ref reader));

    private BatchOutcome ReadOutcome(ref XdrReader reader)
    {
        Procedure procedure = ProcedureCodec.ReadProcedure(ref reader);
        object? correlationId = payloads.Read(ref reader);
        return reader.ReadBoolean()
            ? new BatchOutcome(procedure, correlationId, ProcedureCodec.Of(procedure).ReadResult(ref reader), null)
            : new BatchOutcome(procedure, correlationId, null, ExceptionCodec.Read(ref reader) ?? throw new ProtocolException("An outcome has neither result nor error."));
    }

    private static void WriteTimeout(ref XdrWriter writer, TimeSpan? timeout)
    {
        writer.WriteBoolean(timeout is not null);
        if (timeout is { } limit)
            writer.WriteInt64(limit.Ticks);
    }

    private static TimeSpan? ReadTimeout(ref XdrReader reader) => reader.ReadBoolean() ? TimeSpan.FromTicks(reader.ReadInt64()) : null;

    private static void WriteActivity(ref XdrWriter writer, ActivityContext activity)
    {
        bool isPresent = activity != default;
        writer.WriteBoolean(isPresent);
        if (!isPresent)
            return;
        byte[] id = new byte[16];
        activity.TraceId.CopyTo(id);
        writer.WriteFixedOpaque(id, 16, "a trace id");
        activity.SpanId.CopyTo(id.AsSpan(0, 8));
        writer.WriteFixedOpaque(id.AsSpan(0, 8), 8, "a span id");
        writer.WriteInt32((int)activity.TraceFlags);
        writer.WriteOptionalString(activity.TraceState, PayloadCodec.Limit, "a trace state");
    }

    private static ActivityContext ReadActivity(ref XdrReader reader)
    {
        if (!reader.ReadBoolean())
            return default;
        ActivityTraceId trace = ActivityTraceId.CreateFromBytes(reader.ReadFixedOpaque(16));
        ActivitySpanId span = ActivitySpanId.CreateFromBytes(reader.ReadFixedOpaque(8));
        return new ActivityContext(trace, span, (ActivityTraceFlags)reader.ReadInt32(), reader.ReadOptionalString(PayloadCodec.Limit), isRemote: true);
    }
}
