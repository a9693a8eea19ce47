using Akka.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Libvirt.Hosting.Health;

/// <summary>The check of all hypervisors among the health checks of an actor system.</summary>
internal sealed class AkkaFleetHealthCheck : IAkkaHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(AkkaHealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(FleetHealth.Of(LibvirtHypervisors.For(context.ActorSystem), context.Registration.FailureStatus));
}
