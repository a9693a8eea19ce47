namespace Libvirt.Streams;

/// <summary>Bounds the wait for the acknowledgement of an abort.</summary>
/// <param name="Limit">How long the daemon has to acknowledge it.</param>
/// <param name="Time">The clock.</param>
/// <param name="OwnsConnection">
/// Whether the connection serves this stream alone and is closed after that time. Otherwise the stream ends without an acknowledgement, and its serial stays
/// reserved.
/// </param>
internal sealed record StreamAbortLimit(TimeSpan Limit, TimeProvider Time, bool OwnsConnection);
