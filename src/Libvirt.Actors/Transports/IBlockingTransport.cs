namespace Libvirt.Transports;

/// <summary>A transport that a thread can also wait for by itself, which costs a fraction of an asynchronous wait.</summary>
internal interface IBlockingTransport : IByteTransport
{
    /// <summary>
    /// Waits for bytes for a moment and receives them into <paramref name="buffer"/>; -1 when none came, 0 at the end. Never while an asynchronous
    /// receive is pending.
    /// </summary>
    int Receive(Span<byte> buffer);
}
