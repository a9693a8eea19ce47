namespace Libvirt.Streams;

/// <summary>What a call that begins a stream gives.</summary>
/// <param name="Result">The call's own answer.</param>
/// <param name="Stream">The stream. Dispose it.</param>
/// <typeparam name="TRet">The answer's type.</typeparam>
public sealed record StreamReply<TRet>(TRet Result, LibvirtStream Stream);
