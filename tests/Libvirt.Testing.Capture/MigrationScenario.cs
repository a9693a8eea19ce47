namespace Libvirt.Testing.Capture;

/// <summary>A live migration between two daemons, steered by the client, and one between the daemons themselves.</summary>
internal static class MigrationScenario
{
    public static async Task RunAsync(Conversations conversations)
    {
        await using LibvirtDaemon source = await LibvirtDaemon.StartAsync(Host("11111111-aaaa-4000-8000-000000000001"));
        await using LibvirtDaemon destination = await LibvirtDaemon.StartAsync(Host("22222222-bbbb-4000-8000-000000000002"));
        await source.CreateGuestAsync(new GuestDefinition());
        RecordingProxy from = source.OpenProxy();
        RecordingProxy to = destination.OpenProxy();

        await MigrateAsync(Virsh.On(from.Uri("qemu", "/session")), to.Uri("qemu", "/session"), "--live", "--migrateuri", "tcp://127.0.0.1");
        await conversations.AddAsync("virsh-migrate migrate --live, source", from.Recording);
        await conversations.AddAsync("virsh-migrate migrate --live, destination", to.Recording);

        RecordingProxy back = source.OpenTcpProxy();
        await MigrateAsync(Virsh.On(to.Uri("qemu", "/session")), back.Uri("qemu", "/session"), "--live", "--p2p", "--tunnelled");
        await conversations.AddAsync("virsh-migrate migrate --p2p --tunnelled, source", to.Recording);
        await conversations.AddAsync("virsh-migrate migrate --p2p --tunnelled, destination", back.Recording);
    }

    private static LibvirtDaemonOptions Host(string uuid) =>
        new() { ListenTcp = true, Settings = new Dictionary<string, string> { ["host_uuid"] = $"\"{uuid}\"" } };

    private static async Task MigrateAsync(Virsh virsh, string destination, params string[] options)
    {
        CommandResult result = await virsh.TryAsync(["migrate", "guest", destination, .. options]);
        if (result.ExitCode != 0)
            Console.WriteLine(result);
    }
}
