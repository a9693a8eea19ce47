using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Libvirt.Streams;

/// <summary>
/// A picture of a domain's screen as it comes, on a connection of its own: while nobody reads, the socket is not read either, and no more than
/// <see cref="HypervisorOptions.StreamBuffer"/> bytes wait here. One may read at a time, through one of its surfaces.
/// </summary>
public sealed class DomainScreenshot : IAsyncDisposable
{
    private readonly StreamPort _port;

    internal DomainScreenshot(StreamPort port, string? mimeType)
    {
        _port = port;
        MimeType = mimeType;
    }

    /// <summary>The picture's format as the driver names it, such as <c>image/png</c>; null where it does not.</summary>
    public string? MimeType { get; }

    /// <summary>
    /// The picture's bytes. The memory is the reader's until <see cref="PipeReader.AdvanceTo(SequencePosition)"/>. It fails with
    /// <see cref="LibvirtRemoteException"/> or <see cref="LibvirtConnectionLostException"/>, after everything that had come before.
    /// </summary>
    public PipeReader Reader => _port.Input;

    /// <summary>Ends with the stream: in success when all has come, canceled when it was disposed, else with what went wrong.</summary>
    public Task Completion => _port.Completion;

    /// <summary>The picture's bytes as a <see cref="Stream"/>. Disposing that does not end the screenshot.</summary>
    public Stream AsStream() => Reader.AsStream(leaveOpen: true);

    /// <summary>The picture in pieces. The memory of a piece is the reader's until it asks for the next.</summary>
    /// <param name="cancellationToken">Gives up the waiting; the screenshot can be read on.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (VolumeSection section in _port.ReadSectionsAsync(cancellationToken).ConfigureAwait(false))
            yield return section.Data;
    }

    /// <summary>
    /// Ends the screenshot: aborts it unless all has come, and returns when the daemon has acknowledged that. The connection is used again.
    /// </summary>
    public ValueTask DisposeAsync() => _port.AbandonAsync();
}
