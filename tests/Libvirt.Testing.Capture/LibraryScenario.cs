namespace Libvirt.Testing.Capture;

/// <summary>libvirt's client library itself, for what virsh never sends: the old calls, and parameters of every type.</summary>
internal static class LibraryScenario
{
    public static async Task RunAsync(Conversations conversations)
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        RecordingProxy proxy = daemon.OpenProxy();
        ClientLibrary.Speak(proxy.Uri("test", "/default"));
        await conversations.AddAsync("library", proxy.Recording);
    }
}
