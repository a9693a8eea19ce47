using System.Buffers;

namespace Libvirt.Simulator;

/// <summary>A stream that carries data into a volume.</summary>
internal sealed class VolumeWriteStream : SessionStream
{
    private readonly VolumeContent _content;
    private readonly bool _isSparse;
    private readonly long _end;
    private readonly Action _finished;
    private long _position;

    /// <param name="content">Where the data goes.</param>
    /// <param name="offset">Where in it.</param>
    /// <param name="length">The most bytes; 0 for no bound.</param>
    /// <param name="isSparse">Whether the client may send holes.</param>
    /// <param name="finished">Called when all has come.</param>
    public VolumeWriteStream(VolumeContent content, long offset, long length, bool isSparse, Action finished)
    {
        _content = content;
        _position = offset;
        _end = length == 0 || length > long.MaxValue - offset ? long.MaxValue : offset + length;
        _isSparse = isSparse;
        _finished = finished;
    }

    public override bool IsSparse => _isSparse;

    public override void Receive(in ReadOnlySequence<byte> data)
    {
        if (Fault is StreamFault fault && BreakIfDue(fault, data.Length) || IsBeyondEnd(data.Length))
            return;
        try
        {
            foreach (ReadOnlyMemory<byte> segment in data)
            {
                _content.Write(_position, segment.Span);
                _position += segment.Length;
            }
        }
        catch (SimulatedFailureException failure)
        {
            Fail(failure);
        }
    }

    public override void ReceiveHole(StreamHole hole)
    {
        if (IsBeyondEnd(hole.Length))
            return;
        try
        {
            _content.Punch(_position, hole.Length);
            _position += hole.Length;
        }
        catch (SimulatedFailureException failure)
        {
            Fail(failure);
        }
    }

    public override void Finish()
    {
        _finished();
        base.Finish();
    }

    private bool IsBeyondEnd(long length)
    {
        if (length <= _end - _position)
            return false;
        Fail(new SimulatedFailureException(ErrorNumber.SystemError, ErrorDomain.Streams, "cannot write to stream: No space left on device"));
        return true;
    }
}
