using System.Text;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>A domain's keyboard and its screen.</summary>
public sealed class KeyAndScreenTests(SharedDaemon shared)
{
    private const int SendKey = 226;

    [Theory]
    [InlineData("KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_DELETE")]
    [InlineData("KEY_A", "30", "0x1f", "--holdtime", "100")]
    [InlineData("--codeset", "usb", "4", "5")]
    [InlineData("--codeset", "qnum", "57")]
    public async Task What_is_sent_is_what_virsh_sends(params string[] keys)
    {
        await using RecordingProxy ours = shared.Daemon.OpenProxy();
        await using RecordingProxy theirs = shared.Daemon.OpenProxy();

        await Virtactl.On(Uri(ours)).RunAsync(["send-key", "test", .. keys]);
        await Virsh.On(Uri(theirs)).RunAsync(["send-key", "test", .. keys]);

        Assert.Equal(Sent(theirs), Sent(ours));
    }

    [Theory]
    [InlineData("KEY_NOWHERE")]
    [InlineData("KEY_A", "--codeset", "usb")]
    [InlineData("4", "--codeset", "morse")]
    public async Task A_key_that_nobody_knows_is_a_usage_error(params string[] keys) =>
        Assert.Equal(2, (await shared.TestDriver.TryAsync(["send-key", "test", .. keys])).ExitCode);

    [Fact]
    public async Task A_picture_of_the_screen_is_one_as_virsh_takes()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        string xml = Scratch.NewPath("screen.xml"), picture = Scratch.NewPath("picture"), virshs = Scratch.NewPath("picture");
        await File.WriteAllTextAsync(
            xml,
            $"<domain type='qemu'><name>screen</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os><devices><graphics type='vnc' socket='{daemon.DataDirectory}/vnc'/><video><model type='vga'/></video></devices></domain>");
        await Virsh.On(daemon.SessionUri).RunAsync("create", xml);

        string said = await Virtactl.On(daemon.SessionUri).RunAsync("screenshot", "screen", picture);
        await Virsh.On(daemon.SessionUri).RunAsync("screenshot", "screen", virshs);

        Assert.StartsWith($"Screenshot saved to {picture}, with type of image/", said, StringComparison.Ordinal);
        Assert.Equal(Magic(virshs), Magic(picture));
        Assert.Equal(1, (await shared.TestDriver.TryAsync("screenshot", "nobody", picture)).ExitCode);
    }

    private static string Magic(string file) => Encoding.Latin1.GetString(File.ReadAllBytes(file), 0, 2);

    private static string Uri(RecordingProxy proxy) => $"test+unix:///default?socket={proxy.SocketPath}";

    private static string Sent(RecordingProxy proxy) => Convert.ToHexString(
        Assert.Single(proxy.Recording.Frames, frame => frame.IsFromClient && frame.Frame.Procedure == SendKey).Frame.Payload.Span);
}
