using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Pools and volumes from their definition to their end, each listing beside virsh's.</summary>
public sealed class StorageCommandTests(SharedDaemon shared)
{
    private const string Pool = "store";

    [Theory]
    [InlineData("pool-list")]
    [InlineData("pool-list --all --details")]
    [InlineData("pool-list --name")]
    [InlineData("pool-list --uuid")]
    [InlineData("pool-list --inactive")]
    [InlineData("pool-list --persistent --no-autostart")]
    [InlineData("pool-list --type dir,fs,netfs,logical,disk,iscsi,scsi,mpath,rbd,sheepdog,gluster,zfs,vstorage,iscsi-direct")]
    [InlineData("pool-info --pool default-pool")]
    [InlineData("pool-info --bytes --pool=default-pool")]
    [InlineData("pool-info default-pool")]
    [InlineData("pool-info default-pool --bytes")]
    [InlineData("vol-list default-pool")]
    public async Task A_read_prints_what_virsh_prints(string command)
    {
        string[] words = command.Split(' ');

        string ours = await shared.TestDriver.RunAsync(["-q", .. words]);
        string theirs = await Virsh.On(shared.Daemon.TestUri).RunAsync(words);

        Assert.Equal(Printed.Squeezed(theirs), Printed.Squeezed(ours));
    }

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

        Assert.Equal("Vol base created\n", await virtactl.RunAsync("vol-create-as", "--name", "base", Pool, "--capacity", "3MiB", "--allocation", "0"));
        await virtactl.RunAsync("vol-create-as", Pool, "top", "10M", "--format", "qcow2", "--backing-vol", "base", "--backing-vol-format", "raw");
        await SameAsync("vol-list", Pool);
        await SameAsync("vol-list", Pool, "--details");
        await SameAsync("vol-info", "--pool", Pool, "--vol", "base");
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

    [Theory]
    [InlineData("store netfs --source-host files --source-path /vols --source-dev /dev/x --source-name n --source-format nfs --source-protocol-ver 4 --source-initiator iqn --target /mnt")]
    [InlineData("--type rbd store --auth-type ceph --auth-username u --secret-usage key --source-name images")]
    [InlineData("--type rbd --name store --source-name images --auth-type ceph --auth-username u --secret-uuid 6695eb01-f6a4-8304-79aa-97f2502e193f")]
    [InlineData("store rbd --source-name images --auth-type ceph --secret-usage key")]
    [InlineData("store scsi --adapter-name scsi_host1 --adapter-wwnn 1")]
    [InlineData("store scsi --adapter-wwnn 1 --adapter-wwpn 2 --adapter-name scsi_host1")]
    [InlineData("store scsi --adapter-wwnn 1 --adapter-wwpn 2 --adapter-parent scsi_host3 --adapter-parent-wwnn 4 --adapter-parent-wwpn 5")]
    [InlineData("store scsi --adapter-wwnn 1 --adapter-wwpn 2 --adapter-parent-wwnn 4 --adapter-parent-wwpn 5 --adapter-parent-fabric-wwn 6")]
    [InlineData("store scsi --adapter-wwnn 1 --adapter-wwpn 2 --adapter-parent-wwnn 4 --adapter-parent-fabric-wwn 6")]
    public async Task What_would_be_defined_is_shown_as_virsh_shows_it_and_nothing_is_sent(string options)
    {
        string[] words = ["pool-define-as", .. options.Split(' '), "--print-xml"];

        string ours = await Virtactl.On("test+unix:///default?socket=/no/such/socket").RunAsync(words);
        string theirs = await Virsh.On(shared.Daemon.TestUri).RunAsync(words);

        Assert.True(System.Xml.Linq.XNode.DeepEquals(Parse(theirs), Parse(ours)), $"{theirs}\n{ours}");
    }

    [Theory]
    [InlineData(1, "(code 49 NoStoragePool, ", "pool-info", "nowhere")]
    [InlineData(1, "(code 50 NoStorageVol, ", "vol-info", "nothing", "--pool", "default-pool")]
    [InlineData(2, "VOLUME", "vol-download", "--file", "here")]
    [InlineData(2, "--pool", "pool-info", "--pool")]
    [InlineData(2, "'nope'", "pool-list", "--type", "dir,nope")]
    [InlineData(2, "--secret-uuid", "pool-define-as", "p", "rbd", "--secret-usage", "u", "--secret-uuid", "6695eb01-f6a4-8304-79aa-97f2502e193f")]
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
