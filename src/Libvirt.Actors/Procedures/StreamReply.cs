using Libvirt.Streams;

namespace Libvirt;

/// <summary>The answer to a call that began a stream.</summary>
/// <typeparam name="TRet">The result.</typeparam>
/// <param name="Result">The result, as on the wire.</param>
/// <param name="Stream">The stream. The caller disposes it.</param>
public readonly record struct StreamReply<TRet>(TRet Result, LibvirtStream Stream);
