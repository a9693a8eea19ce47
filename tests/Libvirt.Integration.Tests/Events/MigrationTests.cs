using Libvirt.Events;
using Libvirt.Testing;

namespace Libvirt.Integration.Events;

public sealed class MigrationTests
{
    [Fact]
    public async Task A_live_migration_tells_on_both_hosts_what_virsh_tells_there()
    {
        await using LibvirtDaemon sourceDaemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { ListenTcp = true });
        await using LibvirtDaemon targetDaemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { ListenTcp = true });
        await using Hypervisor source = await Hypervisor.ConnectAsync(sourceDaemon.SessionUri);
        await using Hypervisor target = await Hypervisor.ConnectAsync(targetDaemon.SessionUri);
        await sourceDaemon.CreateGuestAsync(new GuestDefinition { Name = "wanderer" });
        await using VirshEvents atSource = await VirshEvents.StartAsync(sourceDaemon.SessionUri, source);
        await using VirshEvents atTarget = await VirshEvents.StartAsync(targetDaemon.SessionUri, target);
        await using EventSubscription<DomainLifecycleEvent> fromSource = await source.Events.SubscribeAsync(DomainEvents.Lifecycle);
        await using EventSubscription<DomainLifecycleEvent> fromTarget = await target.Events.SubscribeAsync(DomainEvents.Lifecycle);

        Domain wanderer = await source.LookupDomainByNameAsync("wanderer");
        await wanderer.MigrateToUriAsync(
            $"qemu+tcp://127.0.0.1:{targetDaemon.TcpPort}/session",
            DomainMigrateFlags.Live | DomainMigrateFlags.Unsafe,
            new TypedParametersBuilder().Add("migrate_uri", "tcp:127.0.0.1").Build());

        Domain arrived = await target.LookupDomainByUuidAsync(wanderer.Uuid);
        Assert.Equal((int)DomainState.Running, (int)(await arrived.GetInfoAsync()).State);
        await AssertSameAsync(atSource, fromSource, DomainEventType.Stopped);
        await AssertSameAsync(atTarget, fromTarget, DomainEventType.Resumed);
    }

    private static async Task AssertSameAsync(VirshEvents virsh, EventSubscription<DomainLifecycleEvent> ours, DomainEventType last)
    {
        DomainEventType[] expected = await Eventually.GetAsync(() => Task.FromResult(virsh.Of("wanderer")), events => events.Contains(last));
        List<DomainEventType> seen = [];
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = ours.GetAsyncEnumerator();
        while (!seen.Contains(last))
        {
            Assert.True(await notices.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(90)));
            if (notices.Current.Event is { Domain.Name: "wanderer" } happened)
                seen.Add(happened.Event);
        }

        Assert.Equal(expected, seen);
    }
}
