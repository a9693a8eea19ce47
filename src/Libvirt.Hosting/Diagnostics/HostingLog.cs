using Microsoft.Extensions.Logging;

namespace Libvirt.Hosting.Diagnostics;

/// <summary>The log messages of hosting. Event ids 1500 to 1599.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(1500, LogLevel.Information, "Hypervisor {Hypervisor} was added: {Uri}")]
    public static partial void Added(ILogger logger, string hypervisor, LibvirtUri uri);

    [LoggerMessage(1501, LogLevel.Information, "Hypervisor {Hypervisor} was changed and connects again: {Uri}")]
    public static partial void Replaced(ILogger logger, string hypervisor, LibvirtUri uri);

    [LoggerMessage(1502, LogLevel.Information, "Hypervisor {Hypervisor} has closed")]
    public static partial void Closed(ILogger logger, string hypervisor);

    [LoggerMessage(1503, LogLevel.Error, "The changed configuration cannot be used and changes nothing: {Failures}")]
    public static partial void ReloadRefused(ILogger logger, string failures);

    [LoggerMessage(1504, LogLevel.Warning, "The configuration names a hypervisor {Hypervisor}, but one of that name was added at run time; it is kept")]
    public static partial void NameTaken(ILogger logger, string hypervisor);

    [LoggerMessage(1505, LogLevel.Warning, "{Count} hypervisors had not closed within the shutdown time of the host and were closed at once")]
    public static partial void NotDrained(ILogger logger, int count);
}
