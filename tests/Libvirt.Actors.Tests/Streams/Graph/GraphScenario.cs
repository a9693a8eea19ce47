using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Libvirt.Simulator;
using Libvirt.TestKit;

namespace Libvirt.Tests.Streams.Graph;

/// <summary>A simulated hypervisor with a volume, on virtual time, and graphs that run on the same actor system.</summary>
public abstract class GraphScenario : LibvirtScenario
{
    protected const int Size = 1_000_000;

    protected GraphScenario()
    {
        Host = AddHost();
        Content = new byte[Size];
        new Random(5).NextBytes(Content);
        Disk = Host.StoragePools["default"].AddVolume("disk", Size, Content);
        Guest = Host.Domains.Define("web", memoryMiB: 512, vcpus: 1, running: true);
        Materializer = Kit.System.Materializer();
        Probes = new GraphProbes(Kit.System);
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected SimulatedHost Host { get; }

    protected SimulatedVolume Disk { get; }

    protected SimulatedDomain Guest { get; }

    protected byte[] Content { get; }

    protected ActorMaterializer Materializer { get; }

    private protected GraphProbes Probes { get; }

    protected static async Task<StorageVolume> VolumeAsync(Hypervisor hypervisor, string name = "disk")
    {
        StoragePool pool = await hypervisor.LookupStoragePoolByNameAsync("default", cancellationToken: Cancellation);
        return await pool.LookupVolumeByNameAsync(name, cancellationToken: Cancellation);
    }

    protected ValueTask<Hypervisor> ConnectAsync(HypervisorOptions? options = null) => ConnectAsync(Host, options, Cancellation);

    /// <summary>Runs a source into a probe.</summary>
    protected (TMat Control, TestSubscriber.Probe<T> Probe) Run<T, TMat>(Source<T, TMat> source) =>
        GraphProbes.WithoutContext(() => source.ToMaterialized(Probes.Sink<T>(), Keep.Both).Run(Materializer));

    protected static byte[] Join(IEnumerable<ReadOnlyMemory<byte>> pieces) => [.. pieces.SelectMany(piece => piece.ToArray())];

    /// <summary>How the work of a graph ended.</summary>
    protected async Task<Exception?> EndOf(Task completion)
    {
        await UntilAsync(() => completion.IsCompleted);
        return completion.IsCanceled ? new OperationCanceledException() : completion.Exception?.InnerException;
    }

    /// <summary>A download works, so nothing is left of what was before: bulk connections are limited.</summary>
    protected async Task NothingIsLeftAsync(StorageVolume volume)
    {
        Assert.True(volume.Hypervisor.Options.MaxBulkConnections == 1, "The scenario has to allow one bulk connection.");
        using MemoryStream all = new();
        await CompleteAsync(volume.DownloadAsync(all, cancellationToken: Cancellation).AsTask(), TimeSpan.FromMinutes(1));
        Assert.Equal(Disk.Read(0, Size), all.ToArray());
    }
}
