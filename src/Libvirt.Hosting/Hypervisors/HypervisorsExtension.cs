using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Libvirt.Hosting.Settings;
using Libvirt.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Hypervisors;

/// <summary>Creates the registry of an actor system: once, with the system (<c>WithLibvirt</c>) or with the first service that needs it (<c>AddLibvirt</c>).</summary>
internal sealed class HypervisorsExtension : ExtensionIdProvider<HypervisorRegistry>
{
    private readonly IServiceProvider? _services;

    /// <summary>For an actor system that loads the extension itself and has the services of its host.</summary>
    public HypervisorsExtension()
    {
    }

    private HypervisorsExtension(IServiceProvider services)
    {
        _services = services;
    }

    /// <summary>The registry of a system, created when it has none.</summary>
    public static HypervisorRegistry Of(ActorSystem system, IServiceProvider services) =>
        (HypervisorRegistry)system.RegisterExtension(new HypervisorsExtension(services));

    // The actor system may still be under construction: nothing is asked of the services that needs it.
    public override HypervisorRegistry CreateExtension(ExtendedActorSystem system)
    {
        IServiceProvider services = _services ?? DependencyResolver.For(system).Resolver.GetService<IServiceProvider>();
        LibvirtOptions options = services.GetService<IOptions<LibvirtOptions>>()?.Value ?? new LibvirtOptions();
        if (system.Settings.Setup.Get<LibvirtSetup>() is { HasValue: true } setup)
            setup.Value.Apply(options);
        LibvirtSource source = services.GetService<LibvirtSource>() ?? LibvirtSource.Of(services.GetService<IConfiguration>());
        HostSettingsReader reader = new(options, ActorSystemSection.Of(system).Value, source);
        LibvirtSettings settings = reader.Read();
        LibvirtRuntime runtime = LibvirtRuntime.For(system);
        ILogger log = services.GetService<ILogger<HypervisorRegistry>>() ?? NullLogger<HypervisorRegistry>.Instance;
        HypervisorRegistry registry = new(runtime, settings, reader, log);
        ActorRegistry.For(system).TryRegister<LibvirtHypervisors>(runtime.Guardian);
        return registry;
    }
}
