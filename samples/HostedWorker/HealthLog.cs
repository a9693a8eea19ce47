using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace HostedWorker;

/// <summary>Logs health when it changes.</summary>
internal sealed partial class HealthLog(ILogger<HealthLog> log) : IHealthCheckPublisher
{
    private HealthStatus? _last;

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        if (report.Status != _last)
            Changed(log, report.Status, report.Entries["libvirt"].Description);
        _last = report.Status;
        return Task.CompletedTask;
    }

    [LoggerMessage(3, LogLevel.Information, "Health is {Status}: {Description}")]
    private static partial void Changed(ILogger logger, HealthStatus status, string? description);
}
