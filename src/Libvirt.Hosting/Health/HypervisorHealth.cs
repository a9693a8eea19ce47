using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Libvirt.Hosting.Health;

/// <summary>What the state of a hypervisor means for health: ready is healthy, on the way there degraded, closed unhealthy.</summary>
internal static class HypervisorHealth
{
    public static HealthStatus Status(HypervisorState state, HealthStatus failure) => state switch
    {
        HypervisorState.Ready => HealthStatus.Healthy,
        HypervisorState.Closed => failure,
        _ => HealthStatus.Degraded,
    };

    public static Exception? Reason(HypervisorState state) => state switch
    {
        HypervisorState.Backoff backoff => backoff.Reason,
        HypervisorState.Closed closed => closed.Reason,
        _ => null,
    };
}
