using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary><c>call</c> with procedures that begin a stream or pass open files.</summary>
public sealed class CallTrafficTests : IAsyncLifetime
{
    private const string Volume = "content";
    private LibvirtDaemon _daemon = null!;
    private string _volume = "";

    public async ValueTask InitializeAsync()
    {
        _daemon = await LibvirtDaemon.StartAsync();
        Virsh virsh = Virsh.On(_daemon.SessionUri);
        await virsh.RunAsync("pool-create-as", "pool", "dir", "--target", _daemon.DataDirectory);
        await virsh.RunAsync("vol-create-as", "pool", Volume, "300001b");
        _volume = $$"""{"pool": "pool", "name": "{{Volume}}", "key": "{{Path.Combine(_daemon.DataDirectory, Volume)}}"}""";
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task A_file_goes_up_and_comes_down_as_with_virsh()
    {
        byte[] content = RandomNumberGenerator.GetBytes(300_001);
        string up = Scratch.NewPath("up");
        await File.WriteAllBytesAsync(up, content, TestContext.Current.CancellationToken);
        string arguments = $$"""{"vol": {{_volume}}, "offset": 0, "length": 0, "flags": 0}""";

        Assert.Equal("{}\n", await Virtactl.On(_daemon.SessionUri).RunAsync("call", "storage_vol_upload", arguments, "--stream-in", up));

        string theirs = Scratch.NewPath("theirs");
        await Virsh.On(_daemon.SessionUri).RunAsync("vol-download", "--pool", "pool", Volume, theirs);
        Assert.Equal(content, await File.ReadAllBytesAsync(theirs, TestContext.Current.CancellationToken));
        string ours = Scratch.NewPath("ours");
        Assert.Equal("{}\n", await Virtactl.On(_daemon.SessionUri).RunAsync("call", "storage_vol_download", arguments, "--stream-out", ours));
        Assert.Equal(content, await File.ReadAllBytesAsync(ours, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task With_the_stream_on_standard_output_the_result_is_on_standard_error()
    {
        string text = Scratch.NewPath("text");
        await File.WriteAllTextAsync(text, "seven times", TestContext.Current.CancellationToken);
        await Virsh.On(_daemon.SessionUri).RunAsync("vol-upload", "--pool", "pool", Volume, text);

        CommandResult result = await Virtactl.On(_daemon.SessionUri).TryAsync(
            "call", "storage_vol_download", $$"""{"vol": {{_volume}}, "offset": 0, "length": 11, "flags": 0}""", "--stream-out", "-");

        Assert.Equal((0, "seven times", "{}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task What_the_daemon_refuses_is_its_refusal()
    {
        CommandResult result = await Virtactl.On(_daemon.SessionUri).TryAsync(
            "call", "storage_vol_download",
            """{"vol": {"pool": "pool", "name": "none", "key": "none"}, "offset": 0, "length": 0, "flags": 0}""", "--stream-out", "-");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("NoStorageVol", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_files_are_passed_and_those_that_come_are_taken()
    {
        string xml = Scratch.NewPath("domain.xml");
        await File.WriteAllTextAsync(
            xml,
            $"""
            <domain type='qemu'><name>screen</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os>
            <devices><graphics type='vnc' socket='{Path.Combine(_daemon.DataDirectory, "vnc")}'/><video><model type='vga'/></video></devices></domain>
            """,
            TestContext.Current.CancellationToken);
        await Virsh.On(_daemon.SessionUri).RunAsync("create", xml);
        JsonNode listed = (await Virtactl.On(_daemon.SessionUri).JsonAsync("list"))![0]!;
        string domain = $$"""{"name": "screen", "uuid": "{{listed["uuid"]}}", "id": {{listed["id"]}}}""";

        string passed = await Virtactl.On(_daemon.SessionUri).RunAsync(
            "call", "domain_fd_associate", $$"""{"dom": {{domain}}, "name": "disk", "flags": 0}""", "--file", xml, "--file", xml);
        string came = await Virtactl.On(_daemon.SessionUri).RunAsync(
            "call", "domain_open_graphics_fd", $$"""{"dom": {{domain}}, "idx": 0, "flags": 1}""");

        Assert.Equal(("{}\n", "{}\n"), (passed, came));
    }
}
