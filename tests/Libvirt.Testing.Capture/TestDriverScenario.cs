namespace Libvirt.Testing.Capture;

/// <summary>The test driver: every family of objects, without a hypervisor.</summary>
internal static class TestDriverScenario
{
    private const string Path = "/default";

    public static async Task RunAsync(Conversations conversations)
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(new LibvirtDaemonOptions { KeepAliveInterval = 1 });
        await using (await Listener.StartAsync(conversations, daemon, "test", Path, "event", "--all", "--loop"))
        await using (await Listener.StartAsync(conversations, daemon, "test", Path, "net-event", "--event", "lifecycle", "--loop"))
        await using (await Listener.StartAsync(conversations, daemon, "test", Path, "pool-event", "--event", "lifecycle", "--loop"))
        await using (await Listener.StartAsync(conversations, daemon, "test", Path, "pool-event", "--event", "refresh", "--loop"))
        await using (await Listener.StartAsync(conversations, daemon, "test", Path, "nodedev-event", "--event", "lifecycle", "--loop"))
        await using (await Listener.StartAsync(conversations, daemon, "test", Path, "nodedev-event", "--event", "update", "--loop"))
        {
            RecordingProxy proxy = daemon.OpenProxy();
            Virsh virsh = Virsh.On(proxy.Uri("test", Path));
            await conversations.RunCommandsAsync("test-driver.txt", "virsh-test", virsh, proxy.Recording, line => line.Replace("$data", daemon.DataDirectory, StringComparison.Ordinal));
            await RunPingsAsync(conversations, proxy);
            // Events that time out end with the deregistration of each.
            await virsh.TryAsync("event", "--all", "--timeout", "1");
            await virsh.TryAsync("net-event", "--event", "lifecycle", "--timeout", "1");
            await virsh.TryAsync("pool-event", "--event", "lifecycle", "--timeout", "1");
            await virsh.TryAsync("nodedev-event", "--event", "lifecycle", "--timeout", "1");
            await conversations.AddAsync("virsh-test event --all --timeout 1", proxy.Recording);
        }
    }

    private static async Task RunPingsAsync(Conversations conversations, RecordingProxy proxy)
    {
        IReadOnlyList<string> line = Virsh.On(proxy.Uri("test", Path)).CommandLine("--keepalive-interval", "1", "--keepalive-count", "5", "event", "--event", "reboot", "--timeout", "4");
        await Command.RunAsync(line[0], line.Skip(1), environment: Virsh.ClientEnvironment);
        await conversations.AddAsync("virsh-test --keepalive-interval 1 event --timeout 4", proxy.Recording);
    }
}
