using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Libvirt.Hosting.Tests.AkkaHosting;

public sealed class AddLibvirtBesideAkkaTests(DaemonFixture fixture)
{
    private string Up => fixture.Daemon.TestUri;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_use_one_actor_system_in_either_order(bool akkaFirst)
    {
        Action<HostApplicationBuilder> addLibvirt = builder => builder.AddLibvirt(code => code.AddHypervisor("one", Up));
        await using AkkaHost host = await AkkaHost.StartAsync(
            static akka => akka.WithLibvirt(static libvirt => libvirt.AddHypervisor("two", DaemonFixture.DownUri)).WithLibvirtHealthCheck(),
            builder =>
            {
                builder.Services.AddHealthChecks();
                if (!akkaFirst)
                    addLibvirt(builder);
            },
            akkaFirst ? addLibvirt : null);
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();
        IHypervisors hypervisors = host.Services.GetRequiredService<IHypervisors>();

        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal("fleet", system.Name);
        Assert.Same(system, host.Services.GetRequiredService<LibvirtRuntime>().System);
        Assert.Same(LibvirtHypervisors.For(system), hypervisors);
        Assert.Equal(["one", "two"], hypervisors.All.Keys.Order(StringComparer.Ordinal));
        Assert.Single(host.Services.GetServices<IHostedService>().OfType<AkkaHostedService>());
        Assert.Equal(["libvirt"], health.Entries.Keys);
        Assert.NotEmpty(await host.Services.GetRequiredKeyedService<Hypervisor>("one").GetHostnameAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hosted_services_stop_while_hypervisors_still_work(bool akkaFirst)
    {
        Action<HostApplicationBuilder> addLibvirt = builder => builder.AddLibvirt(code => code.AddHypervisor("one", Up));
        AkkaHost host = await AkkaHost.StartAsync(
            static akka => akka.WithActors(static (_, _) => { }),
            builder =>
            {
                // Registered before the actor system, this service stops after it in Akka.Hosting's own order.
                builder.Services.AddHostedService<HostnameOnStop>();
                if (!akkaFirst)
                    addLibvirt(builder);
            },
            akkaFirst ? addLibvirt : null);
        HostnameOnStop service = host.Services.GetServices<IHostedService>().OfType<HostnameOnStop>().Single();
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();

        await host.StopAsync();

        Assert.NotEmpty(service.Hostname);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        await host.DisposeAsync();
    }

    private sealed class HostnameOnStop(IHypervisors hypervisors) : IHostedService
    {
        public string Hostname { get; private set; } = "";

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) =>
            Hostname = await hypervisors.Get("one").GetHostnameAsync(cancellationToken: cancellationToken);
    }
}
