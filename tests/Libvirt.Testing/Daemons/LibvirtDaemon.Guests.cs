using System.Globalization;

namespace Libvirt.Testing;

public sealed partial class LibvirtDaemon
{
    /// <summary>A directory in which the daemon and its guests may write: disks, serial lines. Removed with the daemon.</summary>
    public string DataDirectory => Path.Combine(Directory, "data");

    /// <summary>Starts a transient guest and returns once libvirt says that it runs; it may still be booting.</summary>
    /// <exception cref="CommandFailedException">virsh could not start it.</exception>
    public async Task CreateGuestAsync(GuestDefinition definition)
    {
        string file = await WriteDomainXmlAsync(definition);
        await Virsh.On(SessionUri).RunAsync("create", file);
    }

    /// <summary>Defines a guest without starting it.</summary>
    /// <inheritdoc cref="CreateGuestAsync"/>
    public async Task DefineGuestAsync(GuestDefinition definition)
    {
        string file = await WriteDomainXmlAsync(definition);
        await Virsh.On(SessionUri).RunAsync("define", file);
    }

    /// <summary>Stops a guest's emulator, as one that hangs: it keeps its sockets and answers nothing.</summary>
    public void FreezeGuest(string name) => Posix.Signal(EmulatorProcessId(name), Posix.SignalStop);

    /// <summary>Lets a frozen emulator go on.</summary>
    public void ThawGuest(string name) => Posix.Signal(EmulatorProcessId(name), Posix.SignalContinue);

    private int EmulatorProcessId(string name) =>
        int.Parse(File.ReadAllText(Path.Combine(RuntimeDirectory, "libvirt", "qemu", "run", $"{name}.pid")), CultureInfo.InvariantCulture);

    private static async Task<string> WriteDomainXmlAsync(GuestDefinition definition)
    {
        GuestImage image = await GuestImage.GetAsync();
        string file = Scratch.NewPath("domain.xml");
        await File.WriteAllTextAsync(file, image.DomainXml(definition));
        return file;
    }
}
