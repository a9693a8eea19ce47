using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Libvirt.Hosting.Health;

/// <summary>The health of all hypervisors together: that of the worst. Its data tells how each of them does.</summary>
internal sealed class FleetHealthCheck(IHypervisors hypervisors) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Dictionary<string, object> data = new(StringComparer.OrdinalIgnoreCase);
        HealthStatus worst = HealthStatus.Healthy;
        int ready = 0;
        foreach ((string name, Hypervisor hypervisor) in hypervisors.All)
        {
            HypervisorState state = hypervisor.State;
            HealthStatus status = HypervisorHealth.Status(state, context.Registration.FailureStatus);
            data[name] = state.ToString();
            worst = status < worst ? status : worst;
            ready += state is HypervisorState.Ready ? 1 : 0;
        }

        return Task.FromResult(new HealthCheckResult(worst, $"{ready} of {data.Count} hypervisors are ready", null, data));
    }
}
