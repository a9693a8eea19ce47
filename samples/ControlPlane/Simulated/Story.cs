using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Akka.Actor;
using ControlPlane.Actors;
using ControlPlane.Views;
using Libvirt;
using Libvirt.Streams;

namespace ControlPlane.Simulated;

/// <summary>What the demonstration shows, one thing after the other: a console, a host that crashes and comes back, a download.</summary>
internal sealed class Story(Rack rack, IReadOnlyList<Hypervisor> hypervisors, ActorSystem system, IActorRef controlPlane, double pace, CancellationToken stopping)
{
    private const double DiskRate = 5 << 20;

    public async Task RunAsync()
    {
        await PauseAsync(4);
        Task console = UseConsoleAsync();
        await PauseAsync(8);

        Tell(HappeningKind.Story, "hv2", "the machine loses its power");
        rack.Hosts[1].CrashMachine(TimeSpan.FromSeconds(6) / pace);
        await PauseAsync(2);
        Task download = DownloadAsync();
        await PauseAsync(12);

        await Task.WhenAll(console, download);
        await FoundAgainAsync(hypervisors[1]);
        await PauseAsync(4);
    }

    private async Task FoundAgainAsync(Hypervisor hypervisor)
    {
        await foreach (HypervisorState state in hypervisor.StateChanges.WithCancellation(stopping))
        {
            if (state is HypervisorState.Ready)
                return;
        }
    }

    private async Task UseConsoleAsync()
    {
        Domain guest = await hypervisors[0].LookupDomainByNameAsync(Rack.Quiet, cancellationToken: stopping);
        await using LibvirtStream console = await guest.OpenConsoleAsync(cancellationToken: stopping);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task reading = ShowAsync($"hv1/{guest.Name}", console.Input, enough.Token);
        foreach (string line in (string[])["", "hostname", "uname -a", "nproc", "free", "echo hello from the other side", "uptime"])
        {
            foreach (char c in line + "\r")
            {
                await console.Output.WriteAsync(new[] { (byte)c }, stopping);
                await PauseAsync(0.05);
            }

            await PauseAsync(1);
        }

        await enough.CancelAsync();
        await reading;
    }

    private async Task ShowAsync(string guest, PipeReader console, CancellationToken enough)
    {
        try
        {
            while (true)
            {
                ReadResult result = await console.ReadAsync(enough);
                controlPlane.Tell(new ConsoleShown(guest, Encoding.UTF8.GetString(result.Buffer.ToArray())));
                console.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                    return;
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
        }
    }

    private async Task DownloadAsync()
    {
        StoragePool pool = await hypervisors[2].LookupStoragePoolByNameAsync("default", cancellationToken: stopping);
        StorageVolume volume = await pool.LookupVolumeByNameAsync(Rack.Image, cancellationToken: stopping);
        string what = $"hv3/{Rack.Image}";
        TransferMeter meter = new(controlPlane, what, text => Tell(HappeningKind.Transfer, what, text));
        await using SlowDisk disk = new(DiskRate * pace);
        long bytes = await volume.DownloadAsync(disk, new TransferOptions { Progress = meter }, stopping);
        Tell(HappeningKind.Transfer, what, $"downloaded, {bytes >> 20} MiB at the rate of a slow disk");
    }

    private void Tell(HappeningKind kind, string subject, string text) => system.EventStream.Publish(Happening.Now(kind, subject, text));

    private Task PauseAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds) / pace, stopping);
}
