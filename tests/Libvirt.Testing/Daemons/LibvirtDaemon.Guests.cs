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

    private static async Task<string> WriteDomainXmlAsync(GuestDefinition definition)
    {
        GuestImage image = await GuestImage.GetAsync();
        string file = Scratch.NewPath("domain.xml");
        await File.WriteAllTextAsync(file, image.DomainXml(definition));
        return file;
    }
}
