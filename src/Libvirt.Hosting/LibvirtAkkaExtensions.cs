using Akka.Hosting;
using Libvirt.Hosting.Health;
using Libvirt.Hosting.Hypervisors;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Libvirt.Hosting;

/// <summary>Adds hypervisors to an actor system that Akka.Hosting configures.</summary>
public static class LibvirtAkkaExtensions
{
    // Closing in order takes up to the hypervisors' close-timeout, by default as long as the phase.
    private const string ShutdownHocon = "akka.coordinated-shutdown.phases.service-stop.timeout = 10s";

    /// <summary>
    /// Starts the libvirt runtime together with the actor system, with the hypervisors of <paramref name="configure"/>, of the section <c>libvirt</c> in the
    /// system's HOCON, and of the section <c>libvirt</c> in the host's configuration. They begin to connect before any actor of the system starts; nothing
    /// waits for a daemon. <c>IRequiredActor&lt;LibvirtHypervisors&gt;</c> gives <c>/user/libvirt</c>, <see cref="LibvirtHypervisors.For"/> the hypervisors.
    /// </summary>
    /// <remarks>
    /// Settings that cannot be used stop the start with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/> that has the path of each.
    /// Hypervisors close in order in the phase <c>service-stop</c> of the coordinated shutdown. Can be called several times. Services that are not actors get
    /// <see cref="IHypervisors"/> injected when <c>AddLibvirt</c> is called on the services as well; both share one runtime.
    /// </remarks>
    /// <param name="builder">The actor system's configuration.</param>
    /// <param name="configure">Hypervisors and defaults in code.</param>
    public static AkkaConfigurationBuilder WithLibvirt(this AkkaConfigurationBuilder builder, Action<LibvirtOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        LibvirtSetup? setup = builder.Setups.OfType<LibvirtSetup>().FirstOrDefault();
        if (setup is null)
        {
            setup = new LibvirtSetup();
            builder.AddSetup(setup);
            builder.AddHocon(ShutdownHocon, HoconAddMode.Append);
        }

        if (configure is not null)
            setup.Add(configure);
        return builder.WithExtension<HypervisorsExtension>();
    }

    /// <summary>
    /// Adds a health check of all hypervisors of the actor system to the health checks of Akka.Hosting: healthy when all are ready, degraded while one
    /// connects or waits for its next attempt, unhealthy when one is closed. Its data has the state of each. The host needs
    /// <c>services.AddHealthChecks()</c>, as for any health check of Akka.Hosting.
    /// </summary>
    /// <param name="builder">The actor system's configuration, with <see cref="WithLibvirt"/>.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status of a closed hypervisor; unhealthy when null.</param>
    /// <param name="tags">Tags of the check. Akka.Hosting adds <c>akka</c>.</param>
    public static AkkaConfigurationBuilder WithLibvirtHealthCheck(
        this AkkaConfigurationBuilder builder, string name = "libvirt", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithHealthCheck(new AkkaHealthCheckRegistration(name, new AkkaFleetHealthCheck(), failureStatus, tags));
    }
}
