using Microsoft.Extensions.Logging;

namespace Libvirt.Connection;

/// <summary>What reading a connection depends on.</summary>
/// <param name="Threads">Where busy connections get their threads; null where none shall have one.</param>
/// <param name="Inline">Whether callers may go on on such a thread.</param>
/// <param name="BusyPoll">How long such a thread asks for more before it sleeps.</param>
/// <param name="Time">The clock of the policies.</param>
/// <param name="Log">The connection's log.</param>
internal sealed record ReaderSettings(ReaderThreads? Threads, bool Inline, TimeSpan BusyPoll, TimeProvider Time, ILogger Log);
