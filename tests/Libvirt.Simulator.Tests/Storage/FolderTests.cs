using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>Volumes that are kept in a folder are files there, and the files there are volumes.</summary>
public sealed class FolderTests
{
    private readonly string _folder = Scratch.NewPath("storage");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Volumes_outlive_the_simulator()
    {
        await using (SimulatorFixture first = NewFixture())
        {
            await first.Virsh.RunAsync("vol-create-as", "default", "disk", "1G");
            first.Host.StoragePools["default"].Find("disk")!.Write(500 << 20, "kept"u8);
        }

        await using SimulatorFixture second = NewFixture();
        SimulatedVolume disk = second.Host.StoragePools["default"].Find("disk")!;

        Assert.Equal("kept"u8.ToArray(), disk.Read(500 << 20, 4));
        Assert.Equal(1L << 30, disk.Capacity);
        Assert.Equal(1L << 30, new FileInfo(Path.Combine(_folder, "hv1", "default", "disk")).Length);
        Assert.InRange(disk.Allocation, 4, 1 << 20);
    }

    [Fact]
    public async Task A_refresh_takes_up_what_was_put_there_and_lets_go_of_what_was_taken_away()
    {
        await using SimulatorFixture fixture = NewFixture();
        await fixture.Virsh.RunAsync("vol-create-as", "default", "old", "1M");
        File.Delete(Path.Combine(_folder, "hv1", "default", "old"));
        await File.WriteAllBytesAsync(Path.Combine(_folder, "hv1", "default", "new.qcow2"), [0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3], Cancellation);

        CommandResult download = await fixture.Virsh.TryAsync("vol-download", "old", Scratch.NewPath("copy"), "--pool", "default");
        await fixture.Virsh.RunAsync("pool-refresh", "default");

        Assert.Contains(Path.Combine(_folder, "hv1", "default", "old"), download.Error, StringComparison.Ordinal);
        Assert.Equal(["new.qcow2 /var/lib/libvirt/images/new.qcow2"], TableText.Rows(await fixture.Virsh.RunAsync("vol-list", "default")));
        Assert.Contains("<format type='qcow2'/>", await fixture.Virsh.RunAsync("vol-dumpxml", "new.qcow2", "--pool", "default"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../elsewhere")]
    [InlineData("..")]
    [InlineData(".")]
    public async Task No_name_leads_out_of_the_folder(string name)
    {
        await using SimulatorFixture fixture = NewFixture();

        CommandResult volume = await fixture.Virsh.TryAsync("vol-create-as", "default", name, "1M");
        CommandResult pool = await fixture.Virsh.TryAsync("pool-define-as", name, "dir", "--target", "/srv/x");

        Assert.Contains($"volume name '{name}' cannot", volume.Error, StringComparison.Ordinal);
        Assert.Contains($"name {name} cannot", pool.Error, StringComparison.Ordinal);
        Assert.Equal(["default"], Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "hv1")).Select(Path.GetFileName));
        Assert.Throws<ArgumentException>(() => fixture.Simulator.AddHost(name));
    }

    [Fact]
    public async Task A_host_may_have_a_folder_of_its_own()
    {
        await using HypervisorSimulator simulator = new();
        SimulatedHost host = simulator.AddHost("hv1", storageFolder: _folder);

        host.StoragePools["default"].AddVolume("disk", 1 << 20, "here"u8);

        Assert.StartsWith("here", await File.ReadAllTextAsync(Path.Combine(_folder, "default", "disk"), Cancellation), StringComparison.Ordinal);
        Assert.Null(simulator.AddHost("hv2").StorageFolder);
    }

    private SimulatorFixture NewFixture() => new(new SimulatorOptions { StorageFolder = _folder });
}
