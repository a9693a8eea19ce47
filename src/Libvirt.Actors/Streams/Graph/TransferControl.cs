namespace Libvirt.Streams;

/// <summary>One transfer of bytes by a source or a sink.</summary>
public class TransferControl : StreamControl
{
    private long _bytes;

    internal TransferControl()
    {
    }

    /// <summary>How many bytes were transferred so far, holes included: pushed by a source, or taken by the socket from a sink.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    internal void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
