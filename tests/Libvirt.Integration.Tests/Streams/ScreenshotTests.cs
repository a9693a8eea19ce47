using Libvirt.Streams;
using Libvirt.Testing;

namespace Libvirt.Integration.Streams;

public sealed class ScreenshotTests
{
    [Fact]
    public async Task Fifty_pictures_of_a_real_screen_are_each_whole()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await daemon.CreateGuestAsync(new GuestDefinition { HasVideo = true });
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        Domain domain = await hypervisor.LookupDomainByNameAsync("guest");
        string file = Path.Combine(daemon.DataDirectory, "picture");

        for (int i = 0; i < 50; i++)
        {
            ScreenshotImage image = await domain.ScreenshotAsync();
            Check(image.MimeType, image.Data.Span);
        }

        using MemoryStream copy = new();
        string? mimeType = await domain.ScreenshotAsync(copy);
        Check(mimeType, copy.ToArray());
        mimeType = await domain.ScreenshotToFileAsync(file);
        Check(mimeType, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task Screens_that_are_not_there_are_refused_and_leave_nothing()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await daemon.CreateGuestAsync(new GuestDefinition { Name = "blind" });
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        Domain blind = await hypervisor.LookupDomainByNameAsync("blind");
        string file = Path.Combine(daemon.DataDirectory, "picture");

        await Assert.ThrowsAsync<LibvirtRemoteException>(() => blind.ScreenshotAsync().AsTask());
        await Assert.ThrowsAsync<LibvirtRemoteException>(() => blind.ScreenshotToFileAsync(file, screen: 7).AsTask());

        Assert.False(File.Exists(file));
        Assert.True(await hypervisor.GetLibVersionAsync() > 0);
    }

    private static void Check(string? mimeType, ReadOnlySpan<byte> bytes)
    {
        Picture picture = Picture.Read(mimeType, bytes);
        Assert.InRange(picture.Width, 320, 4096);
        Assert.InRange(picture.Height, 200, 4096);
    }
}
