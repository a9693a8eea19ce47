using Xunit;

namespace Libvirt.Testing.Tests;

public sealed class GuestTests
{
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_guest_boots_answers_on_its_console_and_powers_off_when_asked()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        Virsh virsh = Virsh.On(daemon.SessionUri);
        await daemon.CreateGuestAsync(new GuestDefinition { HasVideo = true });

        await using (GuestConsole console = GuestConsole.Attach(virsh, "guest"))
        {
            await console.WhenReadyAsync(Boot);
            await console.TypeAsync("echo $((6 * 7)) is the answer");
            await console.SeesAsync("42 is the answer");
        }
        await virsh.RunAsync("shutdown", "guest");

        await Eventually.GetAsync(
            () => virsh.RunAsync("list", "--all", "--name"),
            names => names.Trim().Length == 0,
            cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_guest_writes_its_serial_line_to_a_file_and_ends_with_its_daemon()
    {
        LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        string serial = Path.Combine(daemon.DataDirectory, "serial");
        int emulator;
        await using (daemon)
        {
            await daemon.CreateGuestAsync(new GuestDefinition { SerialFile = serial });
            await Eventually.GetAsync(
                () => File.ReadAllTextAsync(serial),
                text => text.Contains(GuestImage.ReadyMark, StringComparison.Ordinal),
                Boot,
                cancellationToken: TestContext.Current.CancellationToken);
            string pidFile = Path.Combine(daemon.Directory, "run", "libvirt", "qemu", "run", "guest.pid");
            emulator = int.Parse(await File.ReadAllTextAsync(pidFile, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        }

        await Eventually.IsTrueAsync(() => !Directory.Exists($"/proc/{emulator}"), cancellationToken: TestContext.Current.CancellationToken);
    }
}
