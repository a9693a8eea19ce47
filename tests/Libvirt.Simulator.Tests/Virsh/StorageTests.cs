using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>libvirt's own client works with networks, pools, volumes and secrets.</summary>
public sealed class StorageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static SimulatorFixture NewFixture(bool inFolder) => new(new SimulatorOptions { StorageFolder = inFolder ? Scratch.NewPath("storage") : null });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_uploaded_comes_back_with_and_without_holes(bool inFolder)
    {
        await using SimulatorFixture fixture = NewFixture(inFolder);
        byte[] content = new byte[(3 << 20) + 12345];
        new Random(1).NextBytes(content.AsSpan(1 << 20, 1 << 20));
        string source = Scratch.NewPath("source"), plain = Scratch.NewPath("plain"), sparse = Scratch.NewPath("sparse");
        await File.WriteAllBytesAsync(source, content, Cancellation);

        await fixture.Virsh.RunAsync("vol-create-as", "default", "disk", $"{content.Length}b");
        await fixture.Virsh.RunAsync("vol-upload", "disk", source, "--pool", "default");
        await fixture.Virsh.RunAsync("vol-download", "disk", plain, "--pool", "default");
        await fixture.Virsh.RunAsync("vol-download", "disk", sparse, "--pool", "default", "--sparse");

        Assert.Equal(content, await File.ReadAllBytesAsync(plain, Cancellation));
        Assert.Equal(content, await File.ReadAllBytesAsync(sparse, Cancellation));
        Assert.Equal(content, fixture.Host.StoragePools["default"].Find("disk")!.Read(0, content.Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sparse_upload_takes_up_room_for_its_data_only(bool inFolder)
    {
        await using SimulatorFixture fixture = NewFixture(inFolder);
        string source = Scratch.NewPath("holes");
        await using (FileStream file = File.Create(source))
        {
            file.SetLength(64 << 20);
            file.Position = 32 << 20;
            await file.WriteAsync(new byte[] { 1, 2, 3 }, Cancellation);
        }

        await fixture.Virsh.RunAsync("vol-create-as", "default", "disk", "64M");
        await fixture.Virsh.RunAsync("vol-upload", "disk", source, "--pool", "default", "--sparse");

        SimulatedVolume volume = fixture.Host.StoragePools["default"].Find("disk")!;
        Assert.InRange(volume.Allocation, 1, 1 << 20);
        Assert.Equal([1, 2, 3, 0], volume.Read(32 << 20, 4));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Volumes_are_made_resized_cloned_wiped_and_deleted(bool inFolder)
    {
        await using SimulatorFixture fixture = NewFixture(inFolder);
        SimulatedStoragePool pool = fixture.Host.StoragePools["default"];

        await fixture.Virsh.RunAsync("vol-create-as", "default", "one", "1M");
        pool.Find("one")!.Write(0, "hello"u8);
        await fixture.Virsh.RunAsync("vol-resize", "one", "2M", "--pool", "default");
        await fixture.Virsh.RunAsync("vol-clone", "one", "two", "--pool", "default");
        await fixture.Virsh.RunAsync("vol-wipe", "one", "--pool", "default");

        Assert.Equal("two /var/lib/libvirt/images/two", TableText.Rows(await fixture.Virsh.RunAsync("vol-list", "default"))[1]);
        Assert.Contains("2.00 MiB", await fixture.Virsh.RunAsync("vol-info", "two", "--pool", "default"), StringComparison.Ordinal);
        Assert.Equal(new byte[5], pool.Find("one")!.Read(0, 5));
        Assert.Equal("hello"u8.ToArray(), pool.Find("two")!.Read(0, 5));
        await fixture.Virsh.RunAsync("vol-delete", "one", "--pool", "default");
        Assert.Contains("Storage volume not found", (await fixture.Virsh.TryAsync("vol-info", "one", "--pool", "default")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pools_live_from_their_definition_to_their_end()
    {
        await using SimulatorFixture fixture = new();

        await fixture.Virsh.RunAsync("pool-define-as", "iso", "dir", "--target", "/srv/iso");
        await fixture.Virsh.RunAsync("pool-start", "iso");
        Assert.Contains("State:          running", await fixture.Virsh.RunAsync("pool-info", "iso"), StringComparison.Ordinal);
        Assert.Contains("<path>/srv/iso</path>", await fixture.Virsh.RunAsync("pool-dumpxml", "iso"), StringComparison.Ordinal);
        await fixture.Virsh.RunAsync("pool-destroy", "iso");
        Assert.Contains("storage pool 'iso' is not active", (await fixture.Virsh.TryAsync("vol-list", "iso")).Error, StringComparison.Ordinal);
        await fixture.Virsh.RunAsync("pool-undefine", "iso");

        Assert.Equal("default", (await fixture.Virsh.RunAsync("pool-list", "--all", "--name")).Trim());
    }

    [Fact]
    public async Task Networks_live_and_lease_addresses()
    {
        await using SimulatorFixture fixture = new();
        string path = Scratch.NewPath("net.xml");
        await File.WriteAllTextAsync(path, "<network><name>lab</name><ip address='10.0.0.1' netmask='255.255.255.0'/></network>", Cancellation);

        await fixture.Virsh.RunAsync("net-define", path);
        await fixture.Virsh.RunAsync("net-start", "lab");
        await fixture.Virsh.RunAsync("net-autostart", "lab");
        Assert.Equal(["default active yes yes", "lab active yes yes"], TableText.Rows(await fixture.Virsh.RunAsync("net-list")));
        await fixture.Virsh.RunAsync("net-destroy", "lab");
        await fixture.Virsh.RunAsync("net-undefine", "lab");

        Assert.Null(fixture.Host.Networks.Find("lab"));
        Assert.Contains("web", await fixture.Virsh.RunAsync("net-dhcp-leases", "default"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_keep_their_values()
    {
        await using SimulatorFixture fixture = new();
        const string Uuid = "9e4ee2a3-3ab8-4c86-9d25-f80f03f1f4f5";
        string path = Scratch.NewPath("secret.xml"), value = Scratch.NewPath("value");
        await File.WriteAllTextAsync(path, $"<secret><uuid>{Uuid}</uuid><usage type='ceph'><name>pool</name></usage></secret>", Cancellation);
        await File.WriteAllTextAsync(value, "aGVsbG8=", Cancellation);

        await fixture.Virsh.RunAsync("secret-define", path);
        await fixture.Virsh.RunAsync("secret-set-value", Uuid, "--file", value);

        Assert.Equal("aGVsbG8=", (await fixture.Virsh.RunAsync("secret-get-value", Uuid)).Trim());
        Assert.Contains($"{Uuid}   ceph pool", await fixture.Virsh.RunAsync("secret-list"), StringComparison.Ordinal);
    }
}
