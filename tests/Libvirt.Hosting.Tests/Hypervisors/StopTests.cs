using System.IO.Pipelines;
using Akka.Actor;
using Libvirt.Events;
using Libvirt.Hosting.Tests.Telemetry;
using Libvirt.Simulator;
using Libvirt.Streams;
using Libvirt.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Libvirt.Hosting.Tests.Hypervisors;

// Its streams are counted with those of the tests that listen.
[Collection(nameof(Recorded))]
public sealed class StopTests
{
    private const int VolumeSize = 16 << 20;

    [Fact]
    public async Task A_host_that_stops_under_load_lets_its_calls_end_and_leaves_no_client_behind()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        TestHost host = await TestHost.StartAsync(
            $"libvirt {{ defaults.close-timeout = 1m, hypervisors {{ one = \"{daemon.TestUri}\", two = \"{daemon.TestUri}\" }} }}");
        Hypervisor[] hypervisors = [.. host.Hypervisors.All.Values];
        foreach (Hypervisor hypervisor in hypervisors)
            await hypervisor.UntilAsync<HypervisorState.Ready>();
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();
        await Eventually.IsTrueAsync(() => Clients(daemon) == 2, cancellationToken: TestContext.Current.CancellationToken);
        Task[] calls = [.. hypervisors.SelectMany(static hypervisor => Enumerable.Range(0, 500).Select(_ => hypervisor.GetHostnameAsync().AsTask()))];

        await host.Host.StopAsync(TestContext.Current.CancellationToken);

        await Task.WhenAll(calls);
        Assert.All(hypervisors, static hypervisor => Assert.Equal(new HypervisorState.Closed(null), hypervisor.State));
        Assert.Empty(host.Hypervisors.All);
        Assert.Throws<ObjectDisposedException>(() => host.Hypervisors.Add("three", daemon.TestUri));
        await host.DisposeAsync();
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        await Eventually.IsTrueAsync(() => Clients(daemon) == 0, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_host_that_stops_with_calls_events_consoles_and_transfers_under_way_leaves_no_client_behind()
    {
        await using HypervisorSimulator simulator = new();
        SimulatedHost hv1 = simulator.AddHost("hv1");
        foreach (string guest in new[] { "one", "two" })
            hv1.Domains.Define(guest, memoryMiB: 512, vcpus: 1, running: true);
        hv1.StoragePools["default"].AddVolume("disk.img", VolumeSize, new byte[VolumeSize]);
        string uri = simulator.ListenUnix(Scratch.NewPath("sock")).Uri();
        TestHost host = await TestHost.StartAsync($"libvirt {{ defaults.close-timeout = 1s, hypervisors {{ one = \"{uri}\", two = \"{uri}\" }} }}");
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();
        List<Task> underWay = [];
        TaskCompletionSource released = new();
        foreach ((string name, Hypervisor hypervisor) in host.Hypervisors.All)
        {
            Domain guest = await hypervisor.LookupDomainByNameAsync(name);
            StoragePool pool = await hypervisor.LookupStoragePoolByNameAsync("default");
            StorageVolume volume = await pool.LookupVolumeByNameAsync("disk.img");
            LibvirtStream console = await guest.OpenConsoleAsync();
            EventSubscription<DomainLifecycleEvent> events = await hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle);
            StuckStream stuck = new(released.Task);
            underWay.Add(volume.DownloadAsync(stuck).AsTask());
            await stuck.Reached;
            underWay.Add(ReadAsync(console));
            underWay.Add(ReadAsync(events));
            underWay.AddRange(Enumerable.Range(0, 100).Select(_ => hypervisor.GetHostnameAsync().AsTask()));
        }

        Assert.True(simulator.ClientCount >= 6, $"{simulator.ClientCount} connections for two hypervisors, their consoles and their transfers.");
        await host.Host.StopAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.DefaultLimit, TestContext.Current.CancellationToken);

        // A write that the destination holds up cannot be ended, and the stop does not wait for it. Everything else ends with its result or with an error that says why.
        released.SetResult();
        await Task.WhenAll(underWay.Select(static task => task.ContinueWith(
            static ended => Assert.True(ended.Exception is null or { InnerException: LibvirtException or IOException }, ended.Exception?.ToString()),
            TaskScheduler.Default))).WaitAsync(Eventually.DefaultLimit, TestContext.Current.CancellationToken);
        await host.DisposeAsync();
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        await Eventually.IsTrueAsync(() => simulator.ClientCount == 0, cancellationToken: TestContext.Current.CancellationToken);
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

    private static async Task ReadAsync(LibvirtStream console)
    {
        while (true)
        {
            ReadResult read = await console.Input.ReadAsync();
            console.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    private static async Task ReadAsync(EventSubscription<DomainLifecycleEvent> events)
    {
        await foreach (EventNotice<DomainLifecycleEvent> _ in events)
        {
        }
    }

    /// <summary>A destination that takes nothing until it is released.</summary>
    private sealed class StuckStream(Task released) : MemoryStream
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _reached.TrySetResult();
            await released;
        }
    }

    private sealed class LastWords(IHypervisors hypervisors) : IHostedService
    {
        public string Hostname { get; private set; } = "";

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) =>
            Hostname = await hypervisors.Get("one").GetHostnameAsync(cancellationToken: cancellationToken);
    }
}
