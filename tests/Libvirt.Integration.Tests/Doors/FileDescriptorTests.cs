using System.Net.Sockets;
using System.Text;
using Libvirt.Testing;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Integration.Doors;

/// <summary>File descriptors to and from a real daemon, and a real guest's display.</summary>
public sealed class FileDescriptorTests : IAsyncLifetime
{
    private static readonly HypervisorOptions Options = new() { Reconnect = false, FileDescriptors = true };

    private LibvirtDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await LibvirtDaemon.StartAsync();

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task The_display_of_a_guest_greets_over_the_descriptor_that_was_passed()
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(_daemon.SessionUri, Options);
        string file = Scratch.NewPath("domain.xml");
        await File.WriteAllTextAsync(file,
            """
            <domain type='qemu'><name>screen</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os>
            <devices><graphics type='vnc' socket='SOCKET'/><video><model type='vga'/></video></devices></domain>
            """.Replace("SOCKET", Path.Combine(_daemon.DataDirectory, "vnc"), StringComparison.Ordinal));
        await Virsh.On(_daemon.SessionUri).RunAsync("create", file);
        Domain domain = Assert.Single(await hypervisor.ListAllDomainsAsync());

        for (int round = 0; round < 3; round++)
        {
            using SafeFileHandle display = await domain.OpenGraphicsFDAsync(0, DomainOpenGraphicsFlags.SkipAuth);
            using Socket socket = new(new SafeSocketHandle(display.DangerousGetHandle(), ownsHandle: false));
            byte[] greeting = new byte[4];
            await socket.ReceiveAsync(greeting, SocketFlags.None).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal("RFB ", Encoding.ASCII.GetString(greeting));
        }

        Assert.Single(await hypervisor.ListAllDomainsAsync());
    }

    [Fact]
    public async Task The_emulator_takes_a_file_with_a_monitor_command()
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(_daemon.SessionUri, Options);
        await _daemon.CreateGuestAsync(new GuestDefinition { Name = "monitored" });
        Domain domain = await hypervisor.LookupDomainByNameAsync("monitored");
        using SafeFileHandle file = File.OpenHandle(Scratch.NewPath("file"), FileMode.Create, FileAccess.ReadWrite);

        QemuMonitorAnswer added = await domain.QemuMonitorCommandWithFilesAsync(
            """{"execute": "add-fd", "arguments": {"fdset-id": 7, "opaque": "ours"}}""", [file]);
        QemuMonitorAnswer listed = await domain.QemuMonitorCommandWithFilesAsync("""{"execute": "query-fdsets"}""", []);
        QemuMonitorAnswer without = await domain.QemuMonitorCommandWithFilesAsync(
            """{"execute": "add-fd", "arguments": {"fdset-id": 8}}""", []);

        Assert.Contains("\"fdset-id\":7", added.Result, StringComparison.Ordinal);
        Assert.Contains("\"opaque\":\"ours\"", listed.Result, StringComparison.Ordinal);
        Assert.Contains("\"error\"", without.Result, StringComparison.Ordinal);
        Assert.All([added, listed, without], answer => Assert.Empty(answer.Files));
        Assert.False(file.IsClosed);
        Assert.Equal("monitored", Assert.Single(await hypervisor.ListAllDomainsAsync()).Name);
    }

    [Fact]
    public async Task The_daemon_takes_files_that_are_passed_and_the_connection_goes_on()
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(_daemon.SessionUri, Options);
        string xml = Scratch.NewPath("domain.xml");
        await File.WriteAllTextAsync(xml, "<domain type='qemu'><name>disks</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os></domain>");
        await Virsh.On(_daemon.SessionUri).RunAsync("define", xml);
        Domain domain = Assert.Single(await hypervisor.ListAllDomainsAsync());
        using SafeFileHandle disk = File.OpenHandle(Scratch.NewPath("disk"), FileMode.Create, FileAccess.ReadWrite);

        await domain.FDAssociateAsync("disk", [disk, disk]);

        Assert.False(disk.IsClosed);
        Assert.Single(await hypervisor.ListAllDomainsAsync());
    }

    [Fact]
    public async Task A_call_that_the_daemon_refuses_leaves_the_files_with_the_caller()
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(_daemon.TestUri, Options);
        using SafeFileHandle file = File.OpenHandle(Scratch.NewPath("file"), FileMode.Create, FileAccess.ReadWrite);

        await Assert.ThrowsAnyAsync<LibvirtRemoteException>(
            async () => await hypervisor.CreateDomainWithFilesAsync("<domain/>", [file]));

        Assert.False(file.IsClosed);
        Assert.NotEmpty(await hypervisor.ListAllDomainsAsync());
    }

    [Fact]
    public async Task A_connection_that_was_not_made_for_descriptors_says_so()
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(_daemon.TestUri, Options with { FileDescriptors = false });
        Domain domain = (await hypervisor.ListAllDomainsAsync())[0];

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await domain.OpenGraphicsFDAsync());
    }
}
