using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Libvirt.Hosting.Health;

/// <summary>The health of one hypervisor.</summary>
internal sealed class HypervisorHealthCheck(IHypervisors hypervisors, string name) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!hypervisors.TryGet(name, out Hypervisor? hypervisor))
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, $"there is no hypervisor '{name}'"));
        HypervisorState state = hypervisor.State;
        return Task.FromResult(new HealthCheckResult(
            HypervisorHealth.Status(state, context.Registration.FailureStatus),
            state.ToString(),
            HypervisorHealth.Reason(state),
            new Dictionary<string, object> { ["uri"] = hypervisor.Uri.Text }));
    }
}
