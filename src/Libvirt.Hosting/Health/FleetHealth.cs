using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Libvirt.Hosting.Health;

/// <summary>The health of all hypervisors together: that of the worst. Its data has the state of each.</summary>
internal static class FleetHealth
{
    public static HealthCheckResult Of(IHypervisors hypervisors, HealthStatus failure)
    {
        Dictionary<string, object> data = new(StringComparer.OrdinalIgnoreCase);
        HealthStatus worst = HealthStatus.Healthy;
        int ready = 0;
        foreach ((string name, Hypervisor hypervisor) in hypervisors.All)
        {
            HypervisorState state = hypervisor.State;
            HealthStatus status = HypervisorHealth.Status(state, failure);
            data[name] = state.ToString();
            worst = status < worst ? status : worst;
            ready += state is HypervisorState.Ready ? 1 : 0;
        }

        return new HealthCheckResult(worst, $"{ready} of {data.Count} hypervisors are ready", null, data);
    }
}
