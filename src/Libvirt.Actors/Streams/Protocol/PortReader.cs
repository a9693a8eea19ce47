using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Libvirt.Streams;

/// <summary>
/// The reading end of a stream's port. Unlike a bare pipe it gives out everything that had come before it fails with what ended the stream, and it does not
/// gather more than its buffer holds for a reader that looks at bytes without taking them. Who disposes the stream while reading may still let go of what was read.
/// </summary>
internal sealed class PortReader(PipeReader pipe, int capacity, Func<Exception?> failure) : PipeReader
{
    private ReadOnlySequence<byte> _given;
    private long _examined;
    private volatile bool _isComplete;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfUnreadable();
        return Give(await pipe.ReadAsync(cancellationToken).ConfigureAwait(false));
    }

    public override bool TryRead(out ReadResult result)
    {
        ThrowIfUnreadable();
        if (!pipe.TryRead(out result))
            return false;
        result = Give(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_isComplete)
            return;
        _examined = _given.Slice(consumed, examined).Length;
        _given = default;
        pipe.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => pipe.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        _isComplete = true;
        pipe.Complete(exception);
    }

    private void ThrowIfUnreadable()
    {
        if (_isComplete)
            throw new ObjectDisposedException(objectName: null, "The stream was disposed, or its reader completed.");
        if (_examined > capacity)
            throw new InvalidOperationException($"The reader has looked at {_examined} bytes without taking any; the stream's buffer holds {capacity}. Consume what was read, or set a larger buffer.");
    }

    /// <summary>A failure shows when the reader has looked at everything and asks for more.</summary>
    private ReadResult Give(in ReadResult result)
    {
        _given = result.Buffer;
        if (!result.IsCompleted || result.IsCanceled || failure() is not { } error)
            return result;
        if (result.Buffer.Length > _examined)
            return new ReadResult(result.Buffer, isCanceled: false, isCompleted: false);
        _given = default;
        pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        throw error;
    }
}
