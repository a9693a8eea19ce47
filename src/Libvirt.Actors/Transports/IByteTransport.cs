namespace Libvirt.Transports;

/// <summary>
/// A duplex of bytes to one daemon. One receive and one send may be pending at a time. <see cref="IDisposable.Dispose"/> ends both at once with an
/// exception, from any thread, any number of times.
/// </summary>
internal interface IByteTransport : IDisposable
{
    /// <summary>Receives into <paramref name="buffer"/>; 0 is the end.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Sends all of <paramref name="bytes"/>; completes synchronously when the kernel takes them at once.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>How a thread can wait for it; null where only asynchronous receives are possible.</summary>
    IBlockingTransport? Blocking => this as IBlockingTransport;
}
