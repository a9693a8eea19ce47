using Actors;
using Libvirt.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Libvirt.Hosting.Tests.Hypervisors;

public sealed class StopTests
{
    [Fact]
    public async Task A_host_that_stops_under_load_lets_its_calls_end_and_leaves_no_client_behind()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        TestHost host = await TestHost.StartAsync(
            $"libvirt {{ defaults.close-timeout = 1m, hypervisors {{ one = \"{daemon.TestUri}\", two = \"{daemon.TestUri}\" }} }}");
        Hypervisor[] hypervisors = [.. host.Hypervisors.All.Values];
        foreach (Hypervisor hypervisor in hypervisors)
            await hypervisor.UntilAsync<HypervisorState.Ready>();
        IActorSystem system = host.Services.GetRequiredService<IActorSystem>();
        Assert.Equal(2, Clients(daemon));
        Task[] calls = [.. hypervisors.SelectMany(static hypervisor => Enumerable.Range(0, 500).Select(_ => hypervisor.GetHostnameAsync().AsTask()))];

        await host.Host.StopAsync(TestContext.Current.CancellationToken);

        await Task.WhenAll(calls);
        Assert.All(hypervisors, static hypervisor => Assert.Equal(new HypervisorState.Closed(null), hypervisor.State));
        Assert.Empty(host.Hypervisors.All);
        Assert.Throws<ObjectDisposedException>(() => host.Hypervisors.Add("three", daemon.TestUri));
        await host.DisposeAsync();
        Assert.Equal(0, system.Counters.LivingActors);
        await Eventually.IsTrueAsync(() => Clients(daemon) == 0, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Hypervisors_close_after_the_last_service_has_stopped()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        TestHost host = await TestHost.StartAsync(
            "",
            builder =>
            {
                builder.Services.AddHostedService<LastWords>();
                // Registered after it, this one would stop first, were the order of services what counts.
                builder.AddLibvirt();
            },
            code => code.AddHypervisor("one", daemon.TestUri));
        LastWords lastWords = host.Services.GetServices<IHostedService>().OfType<LastWords>().Single();

        await host.DisposeAsync();

        Assert.NotEmpty(lastWords.Hostname);
    }

    [Fact]
    public async Task A_daemon_that_hangs_holds_up_the_stop_no_longer_than_the_host_allows()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        TestHost host = await TestHost.StartAsync(
            $"libvirt {{ defaults {{ close-timeout = 1h, read-timeout = 1h, keep-alive-interval = 1h }}, hypervisors.one = \"{daemon.TestUri}\" }}");
        Hypervisor one = host.Services.GetRequiredKeyedService<Hypervisor>("one");
        await one.UntilAsync<HypervisorState.Ready>();
        daemon.Freeze();
        Task<string> call = one.GetHostnameAsync().AsTask();

        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(500));
        await host.Host.StopAsync(patience.Token).WaitAsync(Eventually.DefaultLimit, TestContext.Current.CancellationToken);
        await ((IAsyncDisposable)host.Host).DisposeAsync().AsTask().WaitAsync(Eventually.DefaultLimit, TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<LibvirtException>(() => call);
        Assert.IsType<HypervisorState.Closed>(one.State);
        daemon.Thaw();
    }

    // The sockets that the daemon has accepted: they bear its path and are connected.
    private static int Clients(LibvirtDaemon daemon) => File.ReadLines("/proc/net/unix")
        .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Count(cells => cells[^1] == daemon.SocketPath && cells[5] == "03");

    private sealed class LastWords(IHypervisors hypervisors) : IHostedService
    {
        public string Hostname { get; private set; } = "";

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) =>
            Hostname = await hypervisors.Get("one").GetHostnameAsync(cancellationToken: cancellationToken);
    }
}
