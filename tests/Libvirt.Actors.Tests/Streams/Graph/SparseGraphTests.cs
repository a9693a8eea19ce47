using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Libvirt.Simulator;
using Libvirt.Streams;

namespace Libvirt.Tests.Streams.Graph;

public sealed class SparseGraphTests : GraphScenario
{
    private const long Large = 1L << 30;

    [Fact]
    public async Task A_volume_of_1_GiB_with_little_data_is_mirrored_with_its_holes()
    {
        SimulatedVolume sparse = Host.StoragePools["default"].AddVolume("sparse", Large);
        SimulatedVolume copy = Host.StoragePools["default"].AddVolume("copy", Large);
        sparse.Write(300 << 20, "in the middle"u8);
        sparse.Write(Large - 4, "last"u8);
        await using Hypervisor hypervisor = await ConnectAsync(new HypervisorOptions { MaxBulkConnections = 2 });
        StorageVolume from = await VolumeAsync(hypervisor, "sparse");
        StorageVolume to = await VolumeAsync(hypervisor, "copy");

        (TransferControl down, TransferControl up) =
            from.SparseDownloadSource().ToMaterialized(to.SparseUploadSink(), Keep.Both).Run(Materializer);

        Assert.Null(await EndOf(up.Completion));
        Assert.Null(await EndOf(down.Completion));
        Assert.Equal((Large, Large), (down.Bytes, up.Bytes));
        Assert.Equal("in the middle"u8.ToArray(), copy.Read(300 << 20, 13));
        Assert.Equal("last"u8.ToArray(), copy.Read(Large - 4, 4));
        Assert.Equal(sparse.Allocation, copy.Allocation);
    }

    [Fact]
    public async Task A_sparse_source_resumes_behind_the_hole_that_it_has_given_out()
    {
        SimulatedVolume sparse = Host.StoragePools["default"].AddVolume("sparse", 100 << 20);
        sparse.Write(0, Content);
        sparse.Write(50 << 20, Content);
        await using Hypervisor hypervisor = await ConnectAsync(new HypervisorOptions { MaxBulkConnections = 1 });
        StorageVolume volume = await VolumeAsync(hypervisor, "sparse");
        Script.When(Libvirt.Protocol.Remote.RemoteProcedures.StorageVolDownload).Once().BreakStreamAfter(1_500_000, StreamBreak.DropConnection);

        Task<IImmutableList<VolumeSection>> all = volume.SparseDownloadSource().RunWith(Sink.Seq<VolumeSection>(), Materializer);

        IImmutableList<VolumeSection> sections = await CompleteAsync(all);
        Assert.Equal(100 << 20, sections.Sum(section => section.Length));
        long position = 0;
        foreach (VolumeSection section in sections)
        {
            byte[] expected = section.IsHole ? [] : sparse.Read(position, (int)section.Length);
            Assert.Equal(expected, section.Data.ToArray());
            position += section.Length;
        }

        Assert.Contains(sections, section => section.IsHole);
    }

    [Fact]
    public async Task The_length_of_a_sparse_upload_cuts_a_hole()
    {
        SimulatedVolume target = Host.StoragePools["default"].AddVolume("target", Large);
        await using Hypervisor hypervisor = await ConnectAsync(new HypervisorOptions { MaxBulkConnections = 1 });
        StorageVolume volume = await VolumeAsync(hypervisor, "target");

        TransferControl control = Source.From([VolumeSection.OfData("data"u8.ToArray()), VolumeSection.OfHole(1000), VolumeSection.OfData("never"u8.ToArray())])
            .RunWith(volume.SparseUploadSink(length: 500), Materializer);

        Assert.Null(await EndOf(control.Completion));
        Assert.Equal(500, control.Bytes);
        Assert.Equal("data"u8.ToArray(), target.Read(0, 4));
        Assert.Equal(new byte[5], target.Read(1004, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => VolumeSection.OfHole(-1));
    }
}
