using System.Buffers;

namespace Libvirt.Streams;

/// <summary>How much a stream holds for its reader, and what happens beyond that.</summary>
/// <param name="Capacity">Bytes that may wait for the reader; one packet more may lie in them.</param>
/// <param name="Overflow">What happens when they are full; null to stop reading the socket, which only a connection of the stream's own may.</param>
/// <param name="Memory">Where the bytes wait; null for memory that is recycled as soon as the reader has consumed it.</param>
internal sealed record StreamBuffering(int Capacity, StreamOverflow? Overflow, MemoryPool<byte>? Memory = null);
