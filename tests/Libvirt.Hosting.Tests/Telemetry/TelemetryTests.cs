using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Libvirt.Diagnostics;
using Libvirt.Events;
using Libvirt.Hosting.Tests.Hypervisors;
using Libvirt.Testing;

namespace Libvirt.Hosting.Tests.Telemetry;

/// <summary>The telemetry of the runtime. Each test has a daemon of its own, so that it can tell its own measurements from others.</summary>
[Collection(nameof(Recorded))]
public sealed class TelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_an_activity_and_a_duration_under_the_callers_own_activity()
    {
        using Recorded recorded = new();
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        string address = $"server.address={daemon.SocketPath}";
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.TestUri, cancellationToken: Cancellation);
        using Activity caller = new Activity("caller").Start();

        await hypervisor.GetHostnameAsync(cancellationToken: Cancellation);

        Assert.Same(caller, Activity.Current);
        Activity activity = Assert.Single(recorded.Activities, activity => Is(activity, "remote/connect_get_hostname", daemon));
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Unset, caller.SpanId), (activity.Kind, activity.Status, activity.ParentSpanId));
        Assert.Equal(
            ("libvirt", "remote", "connect_get_hostname"),
            (activity.GetTagItem("rpc.system"), activity.GetTagItem("rpc.service"), activity.GetTagItem("rpc.method")));
        Recorded.Measured duration = Assert.Single(recorded.Of("rpc.client.duration", address, "rpc.method=connect_get_hostname"));
        Assert.InRange(duration.Value, 0, 60);
        Assert.DoesNotContain(duration.Tags, static tag => tag.StartsWith("error.type", StringComparison.Ordinal));
        Assert.Equal([1d, -1d], recorded.Of("rpc.client.active_calls", address).Select(static measured => measured.Value));
    }

    [Fact]
    public async Task A_call_that_fails_says_how()
    {
        using Recorded recorded = new();
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        string address = $"server.address={daemon.SocketPath}";
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.TestUri, cancellationToken: Cancellation);

        await Assert.ThrowsAsync<LibvirtRemoteException>(() => hypervisor.LookupDomainByNameAsync("missing", cancellationToken: Cancellation).AsTask());

        Assert.Single(recorded.Of(
            "rpc.client.duration", address, "rpc.method=domain_lookup_by_name", "error.type=LibvirtRemoteException", "rpc.response.status_code=NoDomain"));
        Activity activity = Assert.Single(recorded.Activities, activity => Is(activity, "remote/domain_lookup_by_name", daemon));
        Assert.Equal(ActivityStatusCode.Error, activity.Status);
        Assert.Equal("NoDomain", activity.GetTagItem("rpc.response.status_code"));
    }

    [Fact]
    public async Task Connecting_losing_and_being_there_is_told()
    {
        using Recorded recorded = new();
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        string address = $"server.address={daemon.SocketPath}";
        Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.TestUri, cancellationToken: Cancellation);
        Assert.Equal(1, Assert.Single(recorded.Read("libvirt.client.hypervisors", address, "libvirt.state=ready")).Value);

        await daemon.KillAsync();
        await hypervisor.UntilAsync<HypervisorState.Backoff>();

        Assert.Single(recorded.Of("libvirt.client.connections.lost", address));
        await Eventually.IsTrueAsync(
            () => recorded.Of("libvirt.client.connect.duration", address, "error.type=ConnectRefused").Length > 0, cancellationToken: Cancellation);
        await hypervisor.DisposeAsync();
        Assert.Empty(recorded.Read("libvirt.client.hypervisors", address));
        Activity first = recorded.Activities.First(activity => Is(activity, "libvirt/connect", daemon));
        Assert.Equal((1, ActivityStatusCode.Unset), (first.GetTagItem("libvirt.attempt"), first.Status));
        Assert.Contains(recorded.Activities, activity => Is(activity, "libvirt/connect", daemon) && activity.Status == ActivityStatusCode.Error);
    }

    [Fact]
    public async Task Events_and_actors_are_counted()
    {
        using Recorded recorded = new();
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        await using LibvirtRuntime runtime = LibvirtRuntime.Create("counted");
        Hypervisor hypervisor = await runtime.ConnectAsync(daemon.TestUri, cancellationToken: Cancellation);
        await using EventSubscription<DomainLifecycleEvent> events = await hypervisor.Events.SubscribeAsync(
            DomainEvents.Lifecycle, new EventSubscriptionOptions { QueueCapacity = 1 }, Cancellation);
        Domain domain = await hypervisor.LookupDomainByNameAsync("test", cancellationToken: Cancellation);

        await domain.SuspendAsync(cancellationToken: Cancellation);
        await domain.ResumeAsync(cancellationToken: Cancellation);

        await Eventually.IsTrueAsync(
            () => recorded.Of("libvirt.events.dropped").Length > 0 && recorded.Of("libvirt.events.delivered").Length > 1, cancellationToken: Cancellation);
        Assert.InRange(Assert.Single(recorded.Read("libvirt.actors.living", "libvirt.actors.system=counted")).Value, 3, 100);
    }

    [Fact]
    public async Task Messages_in_the_mailboxes_of_actors_are_counted()
    {
        using Recorded recorded = new();
        await using LibvirtRuntime runtime = LibvirtRuntime.Create("crowded");
        ActorRefWithCell guardian = (ActorRefWithCell)runtime.Guardian;
        await Eventually.IsTrueAsync(() => !guardian.Children.Any() && Waiting("libvirt.actors.mailbox.depth") == 0, cancellationToken: Cancellation);
        guardian.Suspend();
        for (int i = 0; i < 3; i++)
            guardian.Tell(i, ActorRefs.NoSender);

        await Eventually.IsTrueAsync(() => Waiting("libvirt.actors.mailbox.depth") == 3, cancellationToken: Cancellation);
        Assert.Equal(3, Waiting("libvirt.actors.mailbox.deepest"));

        guardian.Resume();
        await Eventually.IsTrueAsync(() => Waiting("libvirt.actors.mailbox.depth") == 0, cancellationToken: Cancellation);

        double Waiting(string instrument) => Assert.Single(recorded.Read(instrument, "libvirt.actors.system=crowded")).Value;
    }

    [Fact]
    public async Task A_listener_that_throws_disturbs_nothing()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        AsyncLocal<bool> ours = new() { Value = true };
        using MeterListener meters = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == LibvirtTelemetry.MeterName && !instrument.IsObservable)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>(static (_, _, _, _) => throw new InvalidOperationException("a listener's own failure"));
        meters.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new InvalidOperationException("a listener's own failure"));
        meters.Start();
        using ActivityListener activities = new()
        {
            ShouldListenTo = static source => source.Name == LibvirtTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                ours.Value ? throw new InvalidOperationException("a listener's own failure") : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(activities);

        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.TestUri, cancellationToken: Cancellation);

        Assert.NotEmpty(await hypervisor.GetHostnameAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_call_that_waits_for_its_turn_is_seen_waiting()
    {
        using Recorded recorded = new();
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        string address = $"server.address={daemon.SocketPath}";
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(
            daemon.TestUri, new HypervisorOptions { MaxInFlight = 2, MaxConnections = 1, KeepAliveInterval = Timeout.InfiniteTimeSpan }, Cancellation);
        daemon.Freeze();

        Task[] calls = [.. Enumerable.Range(0, 5).Select(_ => hypervisor.GetHostnameAsync(cancellationToken: Cancellation).AsTask())];
        await Eventually.IsTrueAsync(() => recorded.Read("libvirt.client.queued_calls", address).Sum(static one => one.Value) == 4, cancellationToken: Cancellation);
        daemon.Thaw();
        await Task.WhenAll(calls);

        Assert.Equal(0, recorded.Read("libvirt.client.queued_calls", address).Sum(static one => one.Value));
    }

    [Fact]
    public void The_page_lists_every_instrument_with_its_unit()
    {
        using Recorded recorded = new();
        // Instruments come into being with the classes that use them.
        foreach (Type type in typeof(LibvirtTelemetry).Assembly.GetTypes().Where(type => type.Namespace == typeof(LibvirtTelemetry).Namespace && !type.ContainsGenericParameters))
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);

        string[] listed = [.. File.ReadLines(RepositoryRoot.Combine("docs", "telemetry.md"))
            .Where(static line => line.StartsWith("| `rpc.client.", StringComparison.Ordinal) || line.StartsWith("| `libvirt.", StringComparison.Ordinal))
            .Select(static line => line.Split('|')).Select(static cells => $"{cells[1].Trim().Trim('`')} {cells[2].Trim()}").Order(StringComparer.Ordinal)];

        Assert.Equal(
            recorded.Instruments.Select(static instrument => $"{instrument.Name} {instrument.Unit}").Distinct().Order(StringComparer.Ordinal), listed);
    }

    private static bool Is(Activity activity, string name, LibvirtDaemon daemon) =>
        activity.DisplayName == name && activity.GetTagItem("server.address") as string == daemon.SocketPath;
}
