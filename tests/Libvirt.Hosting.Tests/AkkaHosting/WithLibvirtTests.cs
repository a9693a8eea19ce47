using Akka.Actor;
using Akka.Hosting;
using Libvirt.Hosting.Tests.Hypervisors;
using Libvirt.Messages;
using Libvirt.Protocol.Remote;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Tests.AkkaHosting;

public sealed class WithLibvirtTests(DaemonFixture fixture)
{
    private string Up => fixture.Daemon.TestUri;

    [Fact]
    public async Task Registry_key_gives_the_parent_of_the_hypervisors()
    {
        await using AkkaHost host = await AkkaHost.StartAsync(akka => akka.WithLibvirt(libvirt => libvirt.AddHypervisor("one", Up)));
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();

        IActorRef guardian = ActorRegistry.For(system).Get<LibvirtHypervisors>();

        Assert.Equal("/user/libvirt", guardian.Path.ToStringWithoutAddress());
        Assert.Same(guardian, host.Services.GetRequiredService<IRequiredActor<LibvirtHypervisors>>().ActorRef);
        Assert.Equal(guardian.Path / "one", (await LibvirtHypervisors.For(system).Get("one").Actor).Path);
    }

    [Fact]
    public async Task Missing_registration_throws()
    {
        await using AkkaHost host = await AkkaHost.StartAsync(static _ => { });
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();

        Assert.Throws<MissingActorRegistryEntryException>(() => host.Services.GetRequiredService<IRequiredActor<LibvirtHypervisors>>().ActorRef);
        Assert.Contains("WithLibvirt", Assert.Throws<InvalidOperationException>(() => LibvirtHypervisors.For(system)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actor_of_the_user_that_starts_first_gets_the_hypervisors_injected()
    {
        await using AkkaHost host = await AkkaHost.StartAsync(akka => akka
            .WithActors(static (system, registry, resolver) => registry.Register<HostnameActor>(system.ActorOf(resolver.Props<HostnameActor>(), "guard")))
            .WithLibvirt(libvirt => libvirt.AddHypervisor("one", Up)));

        IActorRef guard = host.Services.GetRequiredService<IRequiredActor<HostnameActor>>().ActorRef;
        string hostname = await guard.Ask<string>("one", TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.NotEmpty(hostname);
    }

    [Fact]
    public async Task Hypervisors_and_defaults_come_from_code_HOCON_and_configuration()
    {
        await using AkkaHost host = await AkkaHost.StartAsync(
            akka => akka
                .AddHocon($$"""
                    libvirt {
                      defaults { max-in-flight = 8, queue-capacity = 8 }
                      hypervisors.two = "{{DaemonFixture.DownUri}}"
                      runtime.max-reader-threads = 3
                    }
                    """, HoconAddMode.Prepend)
                .WithLibvirt(static libvirt => libvirt.AddHypervisor("one", DaemonFixture.DownUri))
                .WithLibvirt(static libvirt => libvirt.Defaults = new HypervisorOptions { MaxInFlight = 7, KeepAliveCount = 7 }),
            settings: $"libvirt {{ defaults.max-in-flight = 9, hypervisors.three = \"{DaemonFixture.DownUri}\" }}");
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();

        IHypervisors hypervisors = LibvirtHypervisors.For(system);

        Assert.Equal(["one", "three", "two"], hypervisors.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(hypervisors.All.Values, static one => Assert.Equal((9, 8, 7), (one.Options.MaxInFlight, one.Options.QueueCapacity, one.Options.KeepAliveCount)));
        Assert.Equal(3, LibvirtRuntime.For(system).MaxReaderThreads);
    }

    [Fact]
    public async Task Unknown_setting_stops_the_start_and_the_error_has_its_path_and_the_closest_name()
    {
        Exception? refused = await Record.ExceptionAsync(() => AkkaHost.StartAsync(static akka => akka
            .AddHocon("libvirt.defaults.max-in-flihgt = 7", HoconAddMode.Prepend)
            .WithLibvirt()));

        Assert.Equal(
            ["libvirt.defaults.max-in-flihgt: there is no such setting; did you mean max-in-flight?"],
            Assert.IsType<OptionsValidationException>(refused).Failures);
    }

    [Fact]
    public async Task Health_check_reports_the_worst_state()
    {
        await using AkkaHost host = await AkkaHost.StartAsync(
            akka => akka
                .AddHocon($$"""libvirt.hypervisors.down { uri = "{{DaemonFixture.DownUri}}", reconnect-backoff { min = 1h, max = 1h } }""", HoconAddMode.Prepend)
                .WithLibvirt(libvirt => libvirt.AddHypervisor("up", Up))
                .WithLibvirtHealthCheck(tags: ["hypervisors"]),
            static builder => builder.Services.AddHealthChecks());
        IHypervisors hypervisors = LibvirtHypervisors.For(host.Services.GetRequiredService<ActorSystem>());
        await hypervisors.Get("up").UntilAsync<HypervisorState.Ready>();
        await hypervisors.Get("down").UntilAsync<HypervisorState.Backoff>();

        HealthReportEntry degraded = await CheckAsync(host);
        await hypervisors.RemoveAsync("down");
        HealthReportEntry healthy = await CheckAsync(host);
        Hypervisor over = hypervisors.Add("over", DaemonFixture.DownUri, new HypervisorOptions { Reconnect = false });
        await over.UntilAsync<HypervisorState.Closed>();
        HealthReportEntry unhealthy = await CheckAsync(host);

        Assert.Equal((HealthStatus.Degraded, "1 of 2 hypervisors are ready"), (degraded.Status, degraded.Description));
        Assert.Equal(["down", "up"], degraded.Data.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["akka", "hypervisors"], degraded.Tags.Order(StringComparer.Ordinal));
        Assert.Equal(HealthStatus.Healthy, healthy.Status);
        Assert.Equal(HealthStatus.Unhealthy, unhealthy.Status);
    }

    [Fact]
    public async Task Hypervisors_close_in_order_with_the_actor_system()
    {
        AkkaHost host = await AkkaHost.StartAsync(akka => akka.WithLibvirt(libvirt => libvirt.AddHypervisor("one", Up)));
        Hypervisor one = LibvirtHypervisors.For(host.Services.GetRequiredService<ActorSystem>()).Get("one");
        await one.UntilAsync<HypervisorState.Ready>();
        Task<string> call = one.GetHostnameAsync().AsTask();

        await host.DisposeAsync();

        Assert.NotEmpty(await call);
        Assert.Equal(new HypervisorState.Closed(null), one.State);
    }

    private static async Task<HealthReportEntry> CheckAsync(AkkaHost host) =>
        Assert.Single((await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries).Value;

    /// <summary>Answers the name of a hypervisor with what the hypervisor says is its host's name.</summary>
    private sealed class HostnameActor : ReceiveActor
    {
        public HostnameActor(IRequiredActor<LibvirtHypervisors> libvirt)
        {
            IActorRef guardian = libvirt.ActorRef;
            Receive<string>(name => Context.ActorSelection(guardian.Path / name).Tell(RemoteProcedures.ConnectGetHostname.Call(correlationId: Sender)));
            Receive<CallReply<ConnectGetHostnameRet>>(static reply => ((IActorRef)reply.CorrelationId!).Tell(reply.Result.Hostname));
            Receive<Status.Failure>(static failure => ((IActorRef)failure.State).Tell(failure));
        }
    }
}
