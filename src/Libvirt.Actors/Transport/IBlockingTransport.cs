namespace Libvirt.Transport;

/// <summary>A transport that a thread can also wait for by itself, which costs a fraction of an asynchronous wait.</summary>
internal interface IBlockingTransport : IByteTransport
{
    /// <summary>
    /// Waits for bytes for a moment and receives them into <paramref name="buffer"/>; -1 when none came, 0 at the end. Never while an asynchronous
    /// receive is pending.
    /// </summary>
    int Receive(Span<byte> buffer);

    /// <summary>
    /// Receives what is there into <paramref name="buffer"/>; -1 when that is nothing, 0 at the end. Never while an asynchronous receive is pending.
    /// </summary>
    int TryReceive(Span<byte> buffer);

    /// <summary>Sends what the kernel takes at once; how many bytes that is. Never while another send is pending.</summary>
    int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Waits for a moment for the kernel to take bytes; how many it took, -1 when none. Never while another send is pending.</summary>
    int Send(ReadOnlySpan<byte> bytes);

    /// <summary>Lets this thread do nothing for so long, to some ten microseconds; less than a second.</summary>
    void Rest(TimeSpan time);
}
