using Libvirt.Messages;
using Libvirt.Protocol;

namespace Libvirt.Serialization;

/// <summary>Hypervisors and their states.</summary>
internal sealed class StateCodec(PayloadCodec payloads)
{
    private const int CountLimit = 1 << 20;

    public static void WriteState(ref XdrWriter writer, HypervisorState state)
    {
        switch (state)
        {
            case HypervisorState.Connecting connecting:
                writer.WriteInt32(0);
                writer.WriteInt32(connecting.Attempt);
                break;
            case HypervisorState.Ready:
                writer.WriteInt32(1);
                break;
            case HypervisorState.Backoff backoff:
                writer.WriteInt32(2);
                writer.WriteInt32(backoff.Attempt);
                WriteTime(ref writer, backoff.NextAttempt);
                ExceptionCodec.Write(ref writer, backoff.Reason);
                break;
            case HypervisorState.Closed closed:
                writer.WriteInt32(3);
                ExceptionCodec.Write(ref writer, closed.Reason);
                break;
            default:
                throw new ArgumentException($"There is no form for the state {state}.");
        }
    }

    public static HypervisorState ReadState(ref XdrReader reader) => reader.ReadInt32() switch
    {
        0 => new HypervisorState.Connecting(reader.ReadInt32()),
        1 => new HypervisorState.Ready(),
        2 => new HypervisorState.Backoff(
            reader.ReadInt32(), ReadTime(ref reader), ExceptionCodec.Read(ref reader) ?? throw new ProtocolException("A backoff has no reason.")),
        3 => new HypervisorState.Closed(ExceptionCodec.Read(ref reader)),
        int state => throw new ProtocolException($"There is no state {state} of hypervisors."),
    };

    public static void WriteTime(ref XdrWriter writer, DateTimeOffset time)
    {
        writer.WriteInt64(time.Ticks);
        writer.WriteInt32((int)time.Offset.TotalMinutes);
    }

    public static DateTimeOffset ReadTime(ref XdrReader reader)
    {
        long ticks = reader.ReadInt64();
        int offset = reader.ReadInt32();
        try
        {
            return new DateTimeOffset(ticks, TimeSpan.FromMinutes(offset));
        }
        catch (ArgumentException error)
        {
            throw new ProtocolException("A time does not exist.", error);
        }
    }

    public void WriteEntry(ref XdrWriter writer, HypervisorEntry entry)
    {
        writer.WriteString(entry.Name, PayloadCodec.Limit, "the name of a hypervisor");
        writer.WriteString(entry.Uri, PayloadCodec.Limit, "the URI of a hypervisor");
        PayloadCodec.WriteActor(ref writer, entry.Hypervisor);
        WriteState(ref writer, entry.State);
        payloads.Write(ref writer, entry.CorrelationId);
    }

    public HypervisorEntry ReadEntry(ref XdrReader reader) => new(
        reader.ReadString(PayloadCodec.Limit), reader.ReadString(PayloadCodec.Limit), payloads.ReadActor(ref reader), ReadState(ref reader), payloads.Read(ref reader));

    public void WriteEntries(ref XdrWriter writer, IReadOnlyList<HypervisorEntry> entries)
    {
        writer.WriteCount(entries.Count, CountLimit, "the hypervisors");
        foreach (HypervisorEntry entry in entries)
            WriteEntry(ref writer, entry);
    }

    public HypervisorEntry[] ReadEntries(ref XdrReader reader)
    {
        HypervisorEntry[] entries = new HypervisorEntry[reader.ReadCount(CountLimit, 20)];
        for (int i = 0; i < entries.Length; i++)
            entries[i] = ReadEntry(ref reader);
        return entries;
    }

    public void WriteChange(ref XdrWriter writer, HypervisorStateChanged change)
    {
        writer.WriteString(change.Name, PayloadCodec.Limit, "the name of a hypervisor");
        PayloadCodec.WriteActor(ref writer, change.Hypervisor);
        WriteState(ref writer, change.State);
        payloads.Write(ref writer, change.CorrelationId);
    }

    public HypervisorStateChanged ReadChange(ref XdrReader reader) =>
        new(reader.ReadString(PayloadCodec.Limit), payloads.ReadActor(ref reader), ReadState(ref reader), payloads.Read(ref reader));
}
