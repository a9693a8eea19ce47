using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Pools and volumes from their definition to their end, each listing beside virsh's.</summary>
public sealed class StorageCommandTests(SharedDaemon shared)
{
    private const string Pool = "store";

    public static TheoryData<string[]> Reads =>
    [
        ["pool-list"], ["pool-list", "--all", "--details"], ["pool-list", "--name"], ["pool-list", "--uuid"], ["pool-list", "--inactive"],
        ["pool-list", "--persistent", "--no-autostart"], ["pool-info", "default-pool"], ["pool-info", "default-pool", "--bytes"], ["vol-list", "default-pool"],
    ];

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_read_prints_what_virsh_prints(string[] arguments) =>
        Assert.Equal(
            Printed.Squeezed(await Virsh.On(shared.Daemon.TestUri).RunAsync(arguments)), Printed.Squeezed(await shared.TestDriver.RunAsync(["-q", .. arguments])));

    [Fact]
    public async Task A_pool_and_its_volumes_are_made_listed_and_removed()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        Virtactl virtactl = Virtactl.On(daemon.SessionUri);
        Virsh virsh = Virsh.On(daemon.SessionUri);
        string directory = Path.Combine(daemon.DataDirectory, Pool);

        Assert.Equal($"Pool {Pool} defined\n", await virtactl.RunAsync("pool-define-as", Pool, "dir", "--target", directory));
        await SameAsync("pool-list", "--all");
        await SameAsync("pool-info", Pool);
        Assert.Equal($"Pool {Pool} built\n", await virtactl.RunAsync("pool-build", Pool));
        Assert.Equal($"Pool {Pool} started\n", await virtactl.RunAsync("pool-start", Pool));

        Assert.Equal("Vol base created\n", await virtactl.RunAsync("vol-create-as", Pool, "base", "3MiB", "--allocation", "0"));
        await virtactl.RunAsync("vol-create-as", Pool, "top", "10M", "--format", "qcow2", "--backing-vol", "base", "--backing-vol-format", "raw");
        await SameAsync("vol-list", Pool);
        await SameAsync("vol-list", Pool, "--details");
        await SameAsync("vol-info", "base", "--pool", Pool);
        await SameAsync("vol-info", Path.Combine(directory, "top"), "--bytes", "--physical");
        Assert.Contains($"<path>{directory}/base</path>", await virsh.RunAsync("vol-dumpxml", "top", Pool), StringComparison.Ordinal);
        JsonNode info = (await virtactl.JsonAsync("vol-info", "base", "--pool", Pool))!;
        Assert.Equal(("base", "file", 3145728), ((string?)info["name"], (string?)info["type"], (int)info["capacity"]!));

        CommandResult twice = await virtactl.TryAsync("vol-create-as", Pool, "base", "1M");
        Assert.Equal(1, twice.ExitCode);
        Assert.Contains("(code 90 StorageVolExist, ", twice.Error, StringComparison.Ordinal);
        Assert.Equal("Vol top deleted\n", await virtactl.RunAsync("vol-delete", "top", "--pool", Pool));
        Assert.DoesNotContain("top", await virsh.RunAsync("vol-list", Pool), StringComparison.Ordinal);
        Assert.Equal($"Pool {Pool} destroyed\n", await virtactl.RunAsync("pool-destroy", Pool));
        Assert.Equal($"Pool {Pool} has been undefined\n", await virtactl.RunAsync("pool-undefine", Pool));
        Assert.Empty((await virsh.RunAsync("pool-list", "--all")).Trim());

        async Task SameAsync(params string[] arguments) =>
            Assert.Equal(Printed.Squeezed(await virsh.RunAsync(arguments)), Printed.Squeezed(await virtactl.RunAsync(["-q", .. arguments])));
    }

    [Fact]
    public async Task What_would_be_defined_is_shown_and_nothing_is_sent()
    {
        string xml = await Virtactl.On("test+unix:///default?socket=/no/such/socket").RunAsync(
            "pool-define-as", Pool, "netfs", "--source-host", "files", "--source-path", "/vols", "--source-format", "nfs", "--target", "/mnt", "--print-xml");

        string virsh = await Virsh.On(shared.Daemon.TestUri).RunAsync(
            "pool-define-as", Pool, "netfs", "--source-host", "files", "--source-path", "/vols", "--source-format", "nfs", "--target", "/mnt", "--print-xml");
        Assert.True(System.Xml.Linq.XNode.DeepEquals(Parse(virsh), Parse(xml)), $"{virsh}\n{xml}");
    }

    [Theory]
    [InlineData(1, "(code 49 NoStoragePool, ", "pool-info", "nowhere")]
    [InlineData(1, "(code 50 NoStorageVol, ", "vol-info", "nothing", "--pool", "default-pool")]
    [InlineData(2, "'much'", "vol-create-as", "default-pool", "v", "much")]
    [InlineData(2, "'99999999999E'", "vol-create-as", "default-pool", "v", "99999999999E")]
    public async Task What_is_not_there_or_no_size_is_told_apart(int code, string text, params string[] arguments)
    {
        CommandResult result = await shared.TestDriver.TryAsync(arguments);

        Assert.Equal(code, result.ExitCode);
        Assert.Contains(text, result.Error, StringComparison.Ordinal);
    }

    private static System.Xml.Linq.XElement Parse(string xml) => System.Xml.Linq.XElement.Parse(xml.Trim());
}
