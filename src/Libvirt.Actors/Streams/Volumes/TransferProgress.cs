namespace Libvirt.Streams;

/// <summary>How far a transfer has come.</summary>
/// <param name="Bytes">Bytes transferred so far, holes included.</param>
/// <param name="Total">Bytes there will be; null when nobody knows.</param>
/// <param name="BytesPerSecond">The mean rate since the transfer began, waiting included.</param>
public readonly record struct TransferProgress(long Bytes, long? Total, double BytesPerSecond);
