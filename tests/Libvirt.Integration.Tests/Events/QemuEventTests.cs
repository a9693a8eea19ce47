using Libvirt.Events;
using Libvirt.Testing;

namespace Libvirt.Integration.Events;

public sealed class QemuEventTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_life_of_a_real_guest_gives_the_sequence_that_virsh_prints()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        GuestImage image = await GuestImage.GetAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        await using VirshEvents virsh = await VirshEvents.StartAsync(daemon.SessionUri, hypervisor);
        await using EventSubscription<DomainLifecycleEvent> lifecycle = await hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle);

        Domain domain = await hypervisor.DefineDomainXmlAsync(image.DomainXml(new GuestDefinition { Name = "lively" }));
        await domain.CreateAsync();
        await domain.SuspendAsync();
        await domain.ResumeAsync();
        await domain.DestroyAsync();
        await domain.UndefineAsync();
        DomainEventType[] expected = await Eventually.GetAsync(
            () => Task.FromResult(virsh.Of("lively")), events => events.Contains(DomainEventType.Undefined));

        List<DomainEventType> seen = [];
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = lifecycle.GetAsyncEnumerator();
        while (!seen.Contains(DomainEventType.Undefined))
        {
            Assert.True(await notices.MoveNextAsync().AsTask().WaitAsync(Limit));
            if (notices.Current.Event is { Domain.Name: "lively" } happened)
                seen.Add(happened.Event);
        }

        Assert.Equal(expected, seen);
        Assert.Contains(DomainEventType.Suspended, seen);
    }
}
