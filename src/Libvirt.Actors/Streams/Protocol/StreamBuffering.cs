namespace Libvirt.Streams;

/// <summary>How much a stream holds for its reader, and what happens beyond that.</summary>
/// <param name="Capacity">Bytes that may wait for the reader; one packet more may lie in them.</param>
/// <param name="Overflow">What happens when they are full; null to stop reading the socket, which only a connection of the stream's own may.</param>
internal sealed record StreamBuffering(int Capacity, StreamOverflow? Overflow);
