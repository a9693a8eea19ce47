using System.Security.Cryptography;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;
using Libvirt.Testing;

namespace Libvirt.Integration.Streams;

/// <summary>Streams by the procedures themselves, as on the wire.</summary>
public sealed class WireStreamTests
{
    [Fact]
    public async Task A_volume_goes_up_and_comes_down_by_its_procedures()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        await Virsh.On(daemon.SessionUri).RunAsync("pool-create-as", "pool", "dir", "--target", daemon.DataDirectory);
        await Virsh.On(daemon.SessionUri).RunAsync("vol-create-as", "pool", "volume", "1000003b");
        StorageVolLookupByPathRet found = await hypervisor.Remote.StorageVolLookupByPathAsync(
            new StorageVolLookupByPathArgs { Path = Path.Combine(daemon.DataDirectory, "volume") });
        byte[] content = RandomNumberGenerator.GetBytes(1_000_003);

        await using (LibvirtStream up = await hypervisor.Remote.StorageVolUploadAsync(new StorageVolUploadArgs { Vol = found.Vol, Offset = 0, Length = 0, Flags = 0 }))
        {
            await up.Output.WriteAsync(content);
            await up.CompleteAsync();
        }

        using MemoryStream came = new();
        await using (LibvirtStream down = await hypervisor.Remote.StorageVolDownloadAsync(
            new StorageVolDownloadArgs { Vol = found.Vol, Offset = 0, Length = 0, Flags = 0 }, new StreamOptions { BufferSize = 8192 }))
        {
            await down.Input.CopyToAsync(came);
        }

        Assert.Equal(content, came.ToArray());
    }

    [Fact]
    public async Task A_call_that_begins_no_stream_is_not_made_as_one()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.TestUri);

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(
            () => hypervisor.Calls.OpenStreamAsync(RemoteProcedures.ConnectGetLibVersion, XdrVoid.Value).AsTask());

        Assert.Contains("begins no stream", error.Message, StringComparison.Ordinal);
    }
}
