using System.IO.Pipelines;

namespace Libvirt.Streams;

/// <summary>
/// A stream, such as a guest's console: <c>virStreamPtr</c>. One may read and one may write at the same time. It is lost with its
/// connection and is not made again.
/// </summary>
public sealed class LibvirtStream : IDuplexPipe, IAsyncDisposable
{
    internal StreamPort Port { get; }

    internal LibvirtStream(StreamPort port)
    {
        Port = port;
        Output = PipeWriter.Create(new PortWritingStream(port), new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <summary>
    /// What the other side sends. Its memory is the reader's until <see cref="PipeReader.AdvanceTo(SequencePosition)"/>. It ends when the other side
    /// has ended the stream, and fails with <see cref="LibvirtRemoteException"/>, <see cref="LibvirtConnectionLostException"/> or
    /// <see cref="LibvirtStreamOverflowException"/>, after everything that had come before.
    /// </summary>
    public PipeReader Input => Port.Input;

    /// <summary>
    /// What goes to the other side. A flush completes when the data is on its way and all before it has left this process; its cancellation may leave a
    /// part sent. Completing it ends the writing only; dispose the stream to end it.
    /// </summary>
    public PipeWriter Output { get; }

    /// <summary>
    /// Ends with the stream: in success when the other side ended it, canceled when it was disposed, else with what <see cref="Input"/> fails with.
    /// </summary>
    public Task Completion => Port.Completion;

    /// <summary>Bytes that were dropped under <see cref="StreamOverflow.DropNewest"/>.</summary>
    public long Dropped => Port.Dropped;

    /// <summary>
    /// Says that all is written, and waits until the daemon has taken it and ended the stream. Serves <c>virStreamFinish</c>. Flush <see cref="Output"/>
    /// first. A console or channel has no such end; dispose it.
    /// </summary>
    /// <param name="cancellationToken">Gives up the waiting; dispose the stream then.</param>
    /// <exception cref="LibvirtException">The daemon could not take all of it, or the connection was lost.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken = default) => Port.FinishAsync(cancellationToken);

    /// <summary>
    /// Ends the stream: aborts it (<c>virStreamAbort</c>) unless it has ended, and returns when the daemon has acknowledged that. A daemon that cannot,
    /// because the guest does not take what was written, loses the stream's own connection after <see cref="HypervisorOptions.CloseTimeout"/>. Neither end
    /// may be used afterwards.
    /// </summary>
    public ValueTask DisposeAsync() => Port.AbandonAsync();
}
