using System.Buffers;

namespace Libvirt.Protocol.Tests;

/// <summary>Bytes as a sequence of segments, as they come out of a pipe.</summary>
internal static class Segments
{
    public static ReadOnlySequence<byte> SplitAt(byte[] bytes, int offset) => Of(bytes.AsMemory(0, offset), bytes.AsMemory(offset));

    public static ReadOnlySequence<byte> OneByOne(byte[] bytes) =>
        Of([.. Enumerable.Range(0, bytes.Length).Select(i => (ReadOnlyMemory<byte>)bytes.AsMemory(i, 1))]);

    public static ReadOnlySequence<byte> Of(params ReadOnlyMemory<byte>[] parts)
    {
        if (parts.Length == 0)
            return ReadOnlySequence<byte>.Empty;
        Segment first = new(parts[0], 0);
        Segment last = first;
        foreach (ReadOnlyMemory<byte> part in parts.AsSpan(1))
            last = last.Append(part);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
