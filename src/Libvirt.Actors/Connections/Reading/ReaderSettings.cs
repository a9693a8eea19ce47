using Libvirt.Threads;
using Microsoft.Extensions.Logging;

namespace Libvirt.Connections;

/// <summary>How a connection is read.</summary>
/// <param name="Threads">Where a busy connection gets its reader thread.</param>
/// <param name="Inline">Whether callers may continue on the reader thread.</param>
/// <param name="Time">The clock that decides when a connection is busy.</param>
/// <param name="Log">The connection's log.</param>
internal sealed record ReaderSettings(ReaderThreads Threads, bool Inline, TimeProvider Time, ILogger Log);
