using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Volumes up and down by virtactl, compared with the files that they lie in.</summary>
public sealed class TransferCommandTests : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;

    private LibvirtDaemon _daemon = null!;

    private Virtactl Virtactl => Virtactl.On(_daemon.SessionUri);

    private string Volume => Path.Combine(_daemon.DataDirectory, "pool", "v");

    public async ValueTask InitializeAsync()
    {
        _daemon = await LibvirtDaemon.StartAsync();
        Virsh virsh = Virsh.On(_daemon.SessionUri);
        await virsh.RunAsync("pool-create-as", "pool", "dir", "--target", Path.GetDirectoryName(Volume)!, "--build");
        await virsh.RunAsync("vol-create-as", "pool", "v", "20M", "--allocation", "0");
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task What_goes_up_comes_down_whole_and_in_parts()
    {
        byte[] content = RandomNumberGenerator.GetBytes(20 * MiB);
        string source = Scratch.NewPath("source"), copy = Scratch.NewPath("copy"), part = Scratch.NewPath("part");
        await File.WriteAllBytesAsync(source, content);

        CommandResult up = (await Virtactl.TryAsync("vol-upload", "v", source, "--pool", "pool")).EnsureSuccess();
        JsonNode down = (await Virtactl.JsonAsync("vol-download", "v", copy, "--pool", "pool", "-q"))!;
        await Virtactl.RunAsync("vol-download", Volume, part, "--offset", "1000", "--length", "2M");

        Assert.Equal($"Vol v uploaded from {source}, {20 * MiB} bytes\n", up.Output);
        Assert.Contains("v: 20.00 MiB of 20.00 MiB (100%), ", up.Error, StringComparison.Ordinal);
        Assert.Equal(20 * MiB, (int)down["bytes"]!);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await File.ReadAllBytesAsync(copy)));
        Assert.Equal(content.AsSpan(1000, 2 * MiB).ToArray(), await File.ReadAllBytesAsync(part));

        await Virtactl.RunAsync("vol-upload", Volume, part, "--offset", "0", "-q");
        Assert.Equal(content.AsSpan(1000, 64).ToArray(), (await File.ReadAllBytesAsync(Volume)).AsSpan(0, 64).ToArray());
    }

    [Fact]
    public async Task A_sparse_download_is_as_sparse_as_the_volume()
    {
        string copy = Scratch.NewPath("copy");

        await Virtactl.RunAsync("vol-download", "v", copy, "--pool", "pool", "--sparse", "-q");

        Assert.Equal(20 * MiB, new FileInfo(copy).Length);
        Assert.InRange(int.Parse((await Command.RunAsync("stat", ["-c", "%b", copy])).EnsureSuccess().Output, System.Globalization.CultureInfo.InvariantCulture), 0, 2048);
    }

    [Fact]
    public async Task A_terminal_gets_a_bar()
    {
        await using GuestConsole terminal = GuestConsole.Run(
            ["env", "TERM=xterm", Virtactl.Program, "-c", _daemon.SessionUri, "vol-download", "v", Scratch.NewPath("copy"), "--pool", "pool"]);

        await terminal.SeesAsync("downloaded to");

        Assert.Contains("100%", terminal.Seen, StringComparison.Ordinal);
        Assert.Contains('\u001b', terminal.Seen);
    }

    [Theory]
    [InlineData("vol-upload", "/no/such/file")]
    [InlineData("vol-download", "/no/such/directory/file")]
    [InlineData("vol-download", "/")]
    [InlineData("vol-download", "file", "--length", "0")]
    public async Task A_file_that_cannot_be_used_is_a_usage_error(string command, params string[] arguments)
    {
        CommandResult result = await Virtactl.TryAsync([command, "v", .. arguments, "--pool", "pool"]);

        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task A_volume_that_ends_before_the_length_is_told_and_leaves_no_file_behind()
    {
        string copy = Scratch.NewPath("copy");

        CommandResult result = await Virtactl.TryAsync("vol-download", "v", copy, "--pool", "pool", "--offset", "19M", "--length", "2M");

        Assert.Equal(2, result.ExitCode);
        Assert.False(File.Exists(copy));
    }
}
