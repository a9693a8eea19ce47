namespace Libvirt.Testing;

/// <summary>
/// The kernel and initial file system of a guest that boots in seconds under software emulation, answers on its console
/// with a shell, and powers off when asked to. Made once for a test run.
/// </summary>
public sealed class GuestImage
{
    private static readonly Lazy<Task<GuestImage>> Shared = new(BuildAsync);

    private GuestImage(string directory) => (Kernel, InitialFileSystem) = (Path.Combine(directory, "vmlinuz"), Path.Combine(directory, "initrd"));

    /// <summary>The kernel's path; readable by everybody.</summary>
    public string Kernel { get; }

    /// <summary>The path of the initial file system; readable by everybody.</summary>
    public string InitialFileSystem { get; }

    /// <summary>What the guest prints on its console when its shell is there.</summary>
    public const string ReadyMark = "guest is ready";

    /// <summary>The image, made by the first caller.</summary>
    /// <exception cref="CommandFailedException">It could not be made; the text says what is missing.</exception>
    public static Task<GuestImage> GetAsync() => Shared.Value;

    /// <summary>The domain XML of a guest for <c>qemu:///session</c>.</summary>
    public string DomainXml(GuestDefinition definition) => definition.Render(this);

    private static async Task<GuestImage> BuildAsync()
    {
        string directory = Scratch.NewDirectory("guest");
        (await Command.RunAsync(RepositoryRoot.Combine("eng", "guest", "build.sh"), [directory])).EnsureSuccess();
        return new GuestImage(directory);
    }
}
