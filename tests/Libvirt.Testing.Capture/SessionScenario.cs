namespace Libvirt.Testing.Capture;

/// <summary>A real guest under QEMU, with its console, its disks, its monitor and their events.</summary>
internal static class SessionScenario
{
    private const string Path = "/session";

    public static async Task RunAsync(Conversations conversations)
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await PrepareFilesAsync(daemon.DataDirectory);
        Dictionary<string, string> disks = new() { ["vda"] = System.IO.Path.Combine(daemon.DataDirectory, "disk.qcow2") };
        await daemon.CreateGuestAsync(new GuestDefinition { HasVideo = true, Disks = disks });
        RecordingProxy proxy = daemon.OpenProxy();
        Virsh virsh = Virsh.On(proxy.Uri("qemu", Path));

        await TalkOnConsoleAsync(virsh);
        await conversations.AddAsync("virsh-qemu console guest", proxy.Recording);

        string guest = await WriteDefinitionAsync(daemon);
        await using (await Listener.StartAsync(conversations, daemon, "qemu", Path, "event", "--all", "--loop"))
        await using (await Listener.StartAsync(conversations, daemon, "qemu", Path, "qemu-monitor-event", "--loop"))
        await using (await Listener.StartAsync(conversations, daemon, "qemu", Path, "secret-event", "--event", "lifecycle", "--loop"))
        await using (await Listener.StartAsync(conversations, daemon, "qemu", Path, "secret-event", "--event", "value-changed", "--loop"))
        await using (await Listener.StartAsync(conversations, daemon, "qemu", Path, "pool-event", "--event", "refresh", "--loop"))
        {
            string Expand(string line) => line.Replace("$data", daemon.DataDirectory, StringComparison.Ordinal).Replace("$guest", guest, StringComparison.Ordinal);
            await conversations.RunCommandsAsync("session.txt", "virsh-qemu", virsh, proxy.Recording, Expand);
            await virsh.TryAsync("qemu-monitor-event", "--timeout", "1");
            await virsh.TryAsync("secret-event", "--event", "lifecycle", "--timeout", "1");
            await conversations.AddAsync("virsh-qemu qemu-monitor-event --timeout 1", proxy.Recording);
        }
    }

    private static async Task PrepareFilesAsync(string directory)
    {
        async Task Make(string name, string format, string size) =>
            (await Command.RunAsync("qemu-img", ["create", "-q", "-f", format, System.IO.Path.Combine(directory, name), size])).EnsureSuccess();

        await Make("disk.qcow2", "qcow2", "1M");
        await Make("golden.qcow2", "qcow2", "1M");
        await Make("second.raw", "raw", "64K");
        (await Command.RunAsync("chmod", ["-R", "a+rwX", directory])).EnsureSuccess();

        // A hole between two pieces of data.
        await using FileStream sparse = File.Create(System.IO.Path.Combine(directory, "sparse.raw"));
        sparse.SetLength(1 << 20);
        sparse.Write("at the start"u8);
        sparse.Position = (1 << 20) - 4096;
        sparse.Write("at the end"u8);
    }

    private static async Task<string> WriteDefinitionAsync(LibvirtDaemon daemon)
    {
        GuestImage image = await GuestImage.GetAsync();
        Dictionary<string, string> disks = new() { ["vda"] = System.IO.Path.Combine(daemon.DataDirectory, "golden.qcow2") };
        string file = Scratch.NewPath("golden.xml");
        GuestDefinition definition = new() { Name = "golden", Uuid = new Guid("5f6b8c1e-0000-4000-8000-000000000002"), Disks = disks };
        await File.WriteAllTextAsync(file, image.DomainXml(definition));
        return file;
    }

    private static async Task TalkOnConsoleAsync(Virsh virsh)
    {
        await using GuestConsole console = GuestConsole.Attach(virsh, "guest");
        await console.WhenReadyAsync();
        await console.TypeAsync("echo $((6 * 7)) is the answer");
        await console.SeesAsync("42 is the answer");
        // Control and ] detaches, which finishes the stream in order.
        await console.TypeAsync("\u001d");
        await console.EndsAsync();
    }
}
