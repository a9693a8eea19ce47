using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Health;

/// <summary>Adds a check for each hypervisor there is when health is first asked for.</summary>
internal sealed class PlannedHealthChecks(IHypervisors hypervisors, string prefix, HealthStatus? failureStatus, IReadOnlyCollection<string> tags)
    : IConfigureOptions<HealthCheckServiceOptions>
{
    public void Configure(HealthCheckServiceOptions options)
    {
        foreach (string name in hypervisors.All.Keys.Order(StringComparer.OrdinalIgnoreCase))
        {
            options.Registrations.Add(new HealthCheckRegistration(
                $"{prefix}:{name}", _ => new HypervisorHealthCheck(hypervisors, name), failureStatus, tags));
        }
    }
}
