using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Libvirt.Hosting.Health;

/// <summary>The check of all hypervisors among the health checks of a host.</summary>
internal sealed class FleetHealthCheck(IHypervisors hypervisors) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(FleetHealth.Of(hypervisors, context.Registration.FailureStatus));
}
