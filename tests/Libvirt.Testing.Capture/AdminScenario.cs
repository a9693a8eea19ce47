namespace Libvirt.Testing.Capture;

/// <summary>The daemon's own administration.</summary>
internal static class AdminScenario
{
    public static async Task RunAsync(Conversations conversations)
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        RecordingProxy proxy = daemon.OpenAdminProxy();
        Virsh admin = Virsh.Admin(proxy.SocketPath);
        await using (await Listener.StartAsync(conversations, daemon, "test", "/default", "event", "--event", "reboot", "--loop"))
        {
            string clients = await admin.RunAsync("client-list", "libvirtd");
            string client = clients.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[0];
            proxy.Recording.Clear();
            await conversations.RunCommandsAsync("admin.txt", "virt-admin", admin, proxy.Recording, line => line.Replace("$client", client, StringComparison.Ordinal));
        }
    }
}
