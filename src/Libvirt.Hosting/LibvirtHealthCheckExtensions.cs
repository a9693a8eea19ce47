using Libvirt.Hosting;
using Libvirt.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of hypervisors: ready is healthy, connecting and backoff are degraded, closed is unhealthy.</summary>
public static class LibvirtHealthCheckExtensions
{
    /// <summary>
    /// Adds a check of all hypervisors together, whose result is that of the worst and whose data has the state of each; and one for each hypervisor there is
    /// when health is first asked for, named <c>libvirt:name</c>. Needs <c>AddLibvirt</c> on the services.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check, and the first part of the others' names.</param>
    /// <param name="failureStatus">What a closed hypervisor counts as; unhealthy when null.</param>
    /// <param name="tags">Tags of all these checks.</param>
    public static IHealthChecksBuilder AddLibvirt(
        this IHealthChecksBuilder builder, string name = "libvirt", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string[] all = [.. tags ?? []];
        builder.Services.AddSingleton<IConfigureOptions<HealthCheckServiceOptions>>(
            provider => new PlannedHealthChecks(provider.GetRequiredService<IHypervisors>(), name, failureStatus, all));
        return builder.Add(new HealthCheckRegistration(
            name, static provider => new FleetHealthCheck(provider.GetRequiredService<IHypervisors>()), failureStatus, all));
    }

    /// <summary>Adds a check of one hypervisor by its name, also of one that is added later; until then it is unhealthy.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="hypervisor">The hypervisor's name.</param>
    /// <param name="name">The check's name; <c>libvirt:</c> and the hypervisor's when null.</param>
    /// <param name="failureStatus">What a closed or missing hypervisor counts as; unhealthy when null.</param>
    /// <param name="tags">Tags of the check.</param>
    public static IHealthChecksBuilder AddLibvirtHypervisor(
        this IHealthChecksBuilder builder,
        string hypervisor,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(hypervisor);
        return builder.Add(new HealthCheckRegistration(
            name ?? $"libvirt:{hypervisor}",
            provider => new HypervisorHealthCheck(provider.GetRequiredService<IHypervisors>(), hypervisor),
            failureStatus,
            tags));
    }
}
