namespace Libvirt.Kill.Load;

/// <summary>How many callers of each kind there are.</summary>
/// <param name="Readers">Callers that only read: the runtime may send such a call again on the next connection.</param>
/// <param name="MemoryChangers">Callers that set the memory of the domain.</param>
/// <param name="Suspenders">Callers that suspend and resume the domain, which makes the daemon send lifecycle events.</param>
internal sealed record CallerMix(int Readers, int MemoryChangers, int Suspenders = 0);
