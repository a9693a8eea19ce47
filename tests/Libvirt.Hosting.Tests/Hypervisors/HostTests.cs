using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Libvirt.Hosting.Tests.Hypervisors;

public sealed class HostTests(DaemonFixture fixture)
{
    private string Up => fixture.Daemon.TestUri;

    [Fact]
    public async Task A_host_has_the_hypervisors_of_its_configuration()
    {
        await using TestHost host = await TestHost.StartAsync($"libvirt.hypervisors {{ one = \"{Up}\", two.uri = \"{Up}\" }}");

        Assert.Equal(["one", "two"], host.Hypervisors.All.Keys.Order());
        Assert.NotEmpty(await host.Hypervisors.Get("one").ListAllDomainsAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Same(host.Hypervisors.Get("one"), host.Hypervisors.Get("ONE"));
    }

    [Fact]
    public async Task A_hypervisor_that_is_down_does_not_stop_the_host_nor_disturb_another()
    {
        await using TestHost host = await TestHost.StartAsync($"libvirt.hypervisors {{ up = \"{Up}\", down = \"{DaemonFixture.DownUri}\" }}");

        await host.Hypervisors.Get("up").UntilAsync<HypervisorState.Ready>();
        HypervisorState.Backoff backoff = await host.Hypervisors.Get("down").UntilAsync<HypervisorState.Backoff>();
        Assert.Equal(ConnectFailure.SocketNotFound, Assert.IsType<LibvirtConnectException>(backoff.Reason).Reason);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_answered_with_those_that_are()
    {
        await using TestHost host = TestHost.Build($"libvirt.hypervisors {{ two = \"{Up}\", one = \"{Up}\" }}");

        KeyNotFoundException missing = Assert.Throws<KeyNotFoundException>(() => host.Hypervisors.Get("three"));

        Assert.Equal("There is no hypervisor 'three'; there are: one, two.", missing.Message);
        Assert.False(host.Hypervisors.TryGet("three", out _));
    }

    [Fact]
    public async Task Settings_that_cannot_be_used_stop_the_start_and_are_named()
    {
        using IHost host = TestHost.Build("libvirt.defaults.max-in-flight = 0").Host;

        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("libvirt.defaults.max-in-flight: ", Assert.Single(refused.Failures), StringComparison.Ordinal);
        Assert.Equal("docs/troubleshooting.md#settings-refused", refused.HelpLink);
    }

    [Fact]
    public async Task Hypervisors_can_be_injected_by_name()
    {
        await using TestHost host = await TestHost.StartAsync(
            $"libvirt.hypervisors.one = \"{Up}\"",
            builder => builder.Services.AddSingleton<Consumer>());

        Consumer consumer = host.Services.GetRequiredService<Consumer>();

        Assert.Same(host.Hypervisors.Get("one"), consumer.One);
        Assert.Same(consumer.One, consumer.Accessor.Current);
        Assert.Equal("one", consumer.Accessor.Name);
        Assert.Throws<KeyNotFoundException>(() => host.Services.GetRequiredKeyedService<Hypervisor>("two"));
    }

    [Fact]
    public async Task A_service_that_asks_for_hypervisors_before_the_start_gets_them()
    {
        await using TestHost host = await TestHost.StartAsync(
            $"libvirt.hypervisors.one = \"{Up}\"", builder => builder.Services.AddHostedService<Worker>());

        Assert.NotEmpty(await host.Services.GetServices<IHostedService>().OfType<Worker>().Single().Domains);
    }

    [Fact]
    public async Task Runtime_and_hypervisors_are_in_one_actor_system_of_its_own()
    {
        await using TestHost host = await TestHost.StartAsync($"libvirt.hypervisors.one = \"{Up}\"");

        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();

        Assert.Equal("libvirt", system.Name);
        Assert.Same(system, host.Services.GetRequiredService<LibvirtRuntime>().System);
        Assert.Same(LibvirtRuntime.For(system), host.Services.GetRequiredService<LibvirtRuntime>());
        Assert.Same(host.Hypervisors, LibvirtHypervisors.For(system));
        IActorRef one = await host.Hypervisors.Get("one").Actor;
        Assert.Equal("/user/libvirt/one", one.Path.ToStringWithoutAddress());
    }

    [Fact]
    public async Task Actor_of_a_hypervisor_has_its_name_and_a_number_while_a_predecessor_exists()
    {
        await using TestHost host = await TestHost.StartAsync("");

        Hypervisor first = host.Hypervisors.Add("rack 1/a", DaemonFixture.DownUri);
        IActorRef firstActor = await first.Actor;
        LibvirtRuntime runtime = host.Services.GetRequiredService<LibvirtRuntime>();
        Hypervisor second = runtime.Add(LibvirtUri.Resolve(DaemonFixture.DownUri), null, "rack 1/a");
        IActorRef secondActor = await second.Actor;
        await second.DisposeAsync();
        await host.Hypervisors.RemoveAsync("rack 1/a");
        IActorRef thirdActor = await host.Hypervisors.Add("rack 1/a", DaemonFixture.DownUri).Actor;

        Assert.Equal("rack_1_a", firstActor.Path.Name);
        Assert.Matches("^rack_1_a-[0-9]+$", secondActor.Path.Name);
        Assert.Equal("rack_1_a", thirdActor.Path.Name);
    }

    [Fact]
    public async Task Runtime_has_the_default_options_of_the_host()
    {
        await using TestHost host = await TestHost.StartAsync("libvirt.defaults.read-timeout = 7s");

        await using Hypervisor added = host.Services.GetRequiredService<LibvirtRuntime>().Add(Up);

        Assert.Equal(TimeSpan.FromSeconds(7), added.Options.ReadTimeout);
    }

    [Theory]
    [InlineData("libvirt.runtime { max-reader-threads = 3, max-reconnects-per-second = 5 }", 3, 5)]
    [InlineData("", null, null)]
    public async Task The_runtime_keeps_to_its_settings(string settings, int? threads, int? attempts)
    {
        await using TestHost host = await TestHost.StartAsync(settings);
        await using LibvirtRuntime other = LibvirtRuntime.Create();

        LibvirtRuntime runtime = host.Services.GetRequiredService<LibvirtRuntime>();

        Assert.Equal(threads ?? other.MaxReaderThreads, runtime.MaxReaderThreads);
        Assert.Equal(attempts ?? other.MaxReconnectsPerSecond, runtime.MaxReconnectsPerSecond);
    }

    [Fact]
    public async Task Registered_actor_system_is_used_and_survives_the_host()
    {
        using ActorSystem system = ActorSystem.Create("mine");
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(system);
        builder.AddLibvirt(code => code.AddHypervisor("one", Up));
        using (IHost host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await host.Services.GetRequiredKeyedService<Hypervisor>("one").UntilAsync<HypervisorState.Ready>();
            Assert.Same(system, host.Services.GetRequiredService<LibvirtRuntime>().System);
            Assert.Equal("/user/libvirt", host.Services.GetRequiredService<IRequiredActor<LibvirtHypervisors>>().ActorRef.Path.ToStringWithoutAddress());
            await host.StopAsync(TestContext.Current.CancellationToken);
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        Assert.False(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_second_registration_adds_to_the_first()
    {
        await using TestHost host = TestHost.Build("", builder => builder.AddLibvirt(code => code.AddHypervisor("two", Up)), code => code.AddHypervisor("one", Up));

        Assert.Equal(["one", "two"], host.Hypervisors.All.Keys.Order());
        Assert.Single(host.Services.GetServices<IHypervisors>());
    }

    [Fact]
    public async Task Services_without_a_host_close_hypervisors_with_their_provider()
    {
        Hypervisor hypervisor;
        await using (ServiceProvider services = new ServiceCollection().AddLibvirt(code => code.AddHypervisor("one", Up)).BuildServiceProvider())
        {
            hypervisor = services.GetRequiredKeyedService<Hypervisor>("one");
            await hypervisor.UntilAsync<HypervisorState.Ready>();
        }

        Assert.Equal(new HypervisorState.Closed(null), hypervisor.State);
    }

    private sealed class Consumer([FromKeyedServices("one")] Hypervisor one, [FromKeyedServices("one")] IHypervisorAccessor accessor)
    {
        public Hypervisor One => one;

        public IHypervisorAccessor Accessor => accessor;
    }

    private sealed class Worker([FromKeyedServices("one")] Hypervisor one) : BackgroundService
    {
        private readonly TaskCompletionSource<IReadOnlyList<Domain>> _domains = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IReadOnlyList<Domain>> Domains => _domains.Task;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
            _domains.SetResult(await one.ListAllDomainsAsync(cancellationToken: stoppingToken));
    }
}
