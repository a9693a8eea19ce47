using System.IO.Pipelines;

namespace Libvirt.Streams;

/// <summary>
/// New content on its way into a volume, on a connection of its own. A write ends when the socket has taken what was written before, so that memory and
/// the daemon's queue stay bounded. One may write at a time. What is not completed is aborted: the volume then holds a part of the content.
/// </summary>
public sealed class VolumeUpload : IAsyncDisposable
{
    private readonly StreamPort _port;
    private readonly PortWritingStream _stream;

    internal VolumeUpload(StreamPort port)
    {
        _port = port;
        _stream = new PortWritingStream(port);
        Writer = PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <summary>The writing end as a pipe. Flush it before <see cref="CompleteAsync"/>; completing it does not complete the upload.</summary>
    public PipeWriter Writer { get; }

    /// <summary>Ends with the stream: in success when the daemon has written all, canceled when it was disposed, else with what went wrong.</summary>
    public Task Completion => _port.Completion;

    /// <summary>The writing end as a <see cref="Stream"/>. Disposing that does not complete the upload.</summary>
    public Stream AsStream() => _stream;

    /// <summary>Writes data at the place that has been reached. The memory is the caller's again when this ends.</summary>
    /// <param name="data">Any number of bytes.</param>
    /// <param name="cancellationToken">Ends the waiting; a part of the data may have been sent.</param>
    /// <exception cref="LibvirtException">The daemon ended the upload, for instance because the disk is full, or the connection was lost.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) => _port.WriteAsync(data, cancellationToken);

    /// <summary>Writes a hole of a sparse upload: zeros that take no space.</summary>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="cancellationToken">Ends the waiting; the hole was not sent then.</param>
    /// <exception cref="InvalidOperationException">The upload was not opened as a sparse one.</exception>
    /// <exception cref="LibvirtException">As for data.</exception>
    public ValueTask WriteHoleAsync(long length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return _port.WriteHoleAsync(length, cancellationToken);
    }

    /// <summary>Says that all is written and waits until the daemon has written it. Serves <c>virStreamFinish</c>.</summary>
    /// <param name="cancellationToken">Gives up the waiting; dispose the upload then.</param>
    /// <exception cref="LibvirtException">The daemon could not write all of it, or the connection was lost.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken = default) => _port.FinishAsync(cancellationToken);

    /// <summary>Ends the upload: aborts it unless it was completed, and returns when the daemon has acknowledged that.</summary>
    public ValueTask DisposeAsync() => _port.AbandonAsync();
}
