using System.Globalization;
using Libvirt.Events;
using Libvirt.Testing;

namespace Libvirt.Integration.Events;

public sealed class MonitorEventTests
{
    private const int Register = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_monitor_of_a_real_guest_tells_what_virsh_prints_with_the_same_times_and_details()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        GuestImage image = await GuestImage.GetAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        RecordingProxy door = daemon.OpenProxy();
        await using FollowedVirsh virsh = new(door.Uri("qemu", "/session"), "qemu-monitor-event", "--loop");
        await Eventually.IsTrueAsync(() => door.Recording.Frames.Any(
            frame => frame.Frame is { Program: RpcProgram.Qemu, Procedure: Register, Type: RpcType.Reply, Status: RpcStatus.Ok }));
        await using EventSubscription<QemuMonitorEvent> monitor = await hypervisor.Events.SubscribeAsync(QemuMonitorEvents.All);

        Domain domain = await hypervisor.DefineDomainXmlAsync(image.DomainXml(new GuestDefinition { Name = "talker" }));
        await domain.CreateAsync();
        for (int i = 0; i < 3; i++)
        {
            await domain.SuspendAsync();
            await domain.ResumeAsync();
        }

        string[] printed = await Eventually.GetAsync(
            () => Task.FromResult(virsh.Lines), lines => lines.Count(line => line.StartsWith("event RESUME ", StringComparison.Ordinal)) >= 3);
        List<string> ours = [];
        await using IAsyncEnumerator<EventNotice<QemuMonitorEvent>> notices = monitor.GetAsyncEnumerator();
        while (ours.Count < printed.Length)
        {
            Assert.True(await notices.MoveNextAsync().AsTask().WaitAsync(Limit));
            ours.Add(AsVirshPrints(notices.Current.Event!));
        }

        Assert.Equal(printed, ours);
        Assert.True(printed.Count(line => line.StartsWith("event STOP ", StringComparison.Ordinal)) >= 3);
    }

    private static string AsVirshPrints(QemuMonitorEvent happened)
    {
        DateTimeOffset at = happened.Time!.Value;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"event {happened.Event} at {at.ToUnixTimeSeconds()}.{at.Ticks % TimeSpan.TicksPerSecond / 10:000000} for domain '{happened.Domain.Name}': {happened.Details ?? "<null>"}");
    }
}
