using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Libvirt.Streams;

// Data and holes in their order, for the reader.
internal sealed partial class StreamPort
{
    private long _consumed;

    /// <summary>What has come, section by section. The memory of a section is the reader's until it asks for the next.</summary>
    public async IAsyncEnumerable<VolumeSection> ReadSectionsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ReadResult result = await Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition consumed = buffer.Start;
            try
            {
                while (TryNextSection(buffer, out long length, out bool isHole))
                {
                    if (isHole)
                    {
                        yield return VolumeSection.OfHole(length);
                        continue;
                    }

                    foreach (ReadOnlyMemory<byte> piece in buffer.Slice(0, length))
                    {
                        yield return VolumeSection.OfData(piece);
                        _consumed += piece.Length;
                        consumed = buffer.GetPosition(piece.Length, consumed);
                    }

                    buffer = buffer.Slice(length);
                }
            }
            finally
            {
                Input.AdvanceTo(consumed);
            }

            if (result.IsCompleted)
                yield break;
        }
    }

    /// <summary>
    /// What has come, with all the data that lies together at once, up to <paramref name="most"/> bytes. The memory of a batch is the reader's until it asks
    /// for the next; only that much of the buffer is taken meanwhile.
    /// </summary>
    public async IAsyncEnumerable<SectionBatch> ReadBatchesAsync(int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTakeHole(out long hole))
            {
                yield return new SectionBatch(default, hole);
                continue;
            }

            ReadResult result = await Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            SequencePosition consumed = result.Buffer.Start;
            try
            {
                if (TryNextSection(result.Buffer, out long length, out bool isHole))
                {
                    ReadOnlySequence<byte> data = isHole ? default : result.Buffer.Slice(0, Math.Min(length, most));
                    yield return new SectionBatch(data, isHole ? length : 0);
                    _consumed += data.Length;
                    if (!isHole)
                        consumed = data.End;
                }
                else if (result.IsCompleted)
                {
                    yield break;
                }
            }
            finally
            {
                Input.AdvanceTo(consumed);
            }
        }
    }

    /// <summary>The next section, its data copied to the front of <paramref name="destination"/>; of length 0 at the end.</summary>
    public async ValueTask<VolumeSection> ReadSectionAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTakeHole(out long hole))
                return VolumeSection.OfHole(hole);
            ReadResult result = await Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            SequencePosition consumed = result.Buffer.Start;
            try
            {
                if (TryNextSection(result.Buffer, out long length, out bool isHole))
                {
                    if (isHole)
                        return VolumeSection.OfHole(length);
                    ReadOnlySequence<byte> data = result.Buffer.Slice(0, Math.Min(length, destination.Length));
                    data.CopyTo(destination.Span);
                    consumed = data.End;
                    _consumed += data.Length;
                    return VolumeSection.OfData(destination[..(int)data.Length]);
                }

                if (result.IsCompleted)
                    return VolumeSection.OfData(default);
            }
            finally
            {
                Input.AdvanceTo(consumed);
            }
        }
    }

    /// <summary>
    /// What comes next: a hole, which is taken with that, or so many bytes at the front of <paramref name="buffer"/>. False when nothing is there yet. To be
    /// asked after the buffer was read, since a hole is known before the bytes behind it can be.
    /// </summary>
    private bool TryNextSection(in ReadOnlySequence<byte> buffer, out long length, out bool isHole)
    {
        isHole = TryTakeHole(out length);
        if (isHole)
            return true;
        length = buffer.Length;
        if (_holes.TryPeek(out (long Position, long Length) hole))
            length = Math.Min(length, hole.Position - _consumed);
        return length > 0;
    }

    /// <summary>Takes the hole that comes next, if one does. It may be known without anything to read: what it woke the reader for was the bytes before it.</summary>
    private bool TryTakeHole(out long length)
    {
        length = 0;
        if (!_holes.TryPeek(out (long Position, long Length) hole) || hole.Position > _consumed)
            return false;
        _holes.TryDequeue(out _);
        _holeRoom.Release();
        length = hole.Length;
        return true;
    }
}
