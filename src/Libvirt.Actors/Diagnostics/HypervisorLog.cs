using Microsoft.Extensions.Logging;

namespace Libvirt.Diagnostics;

/// <summary>What hypervisors log. Event ids 1100 to 1199.</summary>
internal static partial class HypervisorLog
{
    [LoggerMessage(1100, LogLevel.Warning, "{Uri}: attempt {Attempt} failed or the connection was lost; the next attempt comes in {Delay}. {Reason}")]
    public static partial void Backoff(ILogger logger, LibvirtUri uri, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(1101, LogLevel.Information, "{Uri}: closed. {Reason}")]
    public static partial void Closed(ILogger logger, LibvirtUri uri, string reason);

    [LoggerMessage(1102, LogLevel.Information, "{Uri}: a further connection is made for calls that would wait behind slow ones; there are {Count} now")]
    public static partial void Overflow(ILogger logger, LibvirtUri uri, int count);
}
