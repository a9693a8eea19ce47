using Libvirt.Testing;

namespace Libvirt.Integration.Faults;

public sealed class StuckDomainTests
{
    [Fact]
    public async Task A_guest_whose_emulator_hangs_does_not_hold_up_calls_about_anything_else()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        GuestImage image = await GuestImage.GetAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(
            daemon.SessionUri, new HypervisorOptions { SlowCallAfter = TimeSpan.FromMilliseconds(500), ReadTimeout = TimeSpan.FromSeconds(60) });
        await daemon.CreateGuestAsync(new GuestDefinition { Name = "hung" });
        Domain hung = await hypervisor.LookupDomainByNameAsync("hung");
        daemon.FreezeGuest("hung");

        // More calls than the window holds, all of which wait for the frozen emulator.
        Task<string>[] stuck = [.. Enumerable.Range(0, 6).Select(_ => hung.QemuMonitorCommandAsync("{\"execute\":\"query-status\"}").AsTask())];
        try
        {
            for (int i = 0; i < 20; i++)
                await hypervisor.GetHostnameAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.DoesNotContain(stuck, call => call.IsCompleted);
        }
        finally
        {
            daemon.ThawGuest("hung");
        }

        foreach (Task<string> call in stuck)
            Assert.Contains("running", await call, StringComparison.Ordinal);
    }
}
