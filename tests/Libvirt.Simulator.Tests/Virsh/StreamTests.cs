using Libvirt.Testing;
using Xunit;
using ConsoleClient = Libvirt.Testing.GuestConsole;

namespace Libvirt.Simulator.Tests;

/// <summary>libvirt's own client at a guest's console and screen.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task The_console_is_a_shell_until_the_guest_powers_off()
    {
        await using SimulatorFixture fixture = new();
        await using ConsoleClient console = ConsoleClient.Attach(fixture.Virsh, "web");

        await console.WhenReadyAsync();
        await console.TypeAsync("echo one two");
        await console.SeesAsync("\none two\r\n");
        await console.TypeAsync("nosuch");
        await console.SeesAsync("sh: nosuch: not found");
        await console.TypeAsync("poweroff");
        await console.EndsAsync();

        Assert.Equal((DomainState.Shutoff, (int)DomainShutoffReason.Shutdown), (fixture.Web.State, fixture.Web.Reason));
    }

    [Fact]
    public async Task Nobody_sits_at_an_occupied_console_unless_by_force()
    {
        await using SimulatorFixture fixture = new();
        await using ConsoleClient first = ConsoleClient.Attach(fixture.Virsh, "web");
        await first.WhenReadyAsync();

        await using ConsoleClient second = ConsoleClient.Attach(fixture.Virsh, "web");

        await second.SeesAsync("Active console session exists for this domain");
        await first.TypeAsync("hostname");
        await first.SeesAsync("\nweb\r\n");
    }

    [Fact]
    public async Task The_screen_is_an_image()
    {
        await using SimulatorFixture fixture = new();
        string path = Scratch.NewPath("screen.png");

        await fixture.Virsh.RunAsync("screenshot", "web", path);

        byte[] image = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], image[..4]);
        Assert.Equal("IEND"u8.ToArray(), image[^8..^4]);
    }
}
