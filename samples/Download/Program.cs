using System.Globalization;
using Libvirt;
using Libvirt.Streams;

if (args.Length != 4)
{
    Console.Error.WriteLine("usage: Download URI POOL VOLUME FILE");
    return 2;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(args[0], cancellationToken: stop.Token);
    StoragePool pool = await hypervisor.LookupStoragePoolByNameAsync(args[1], cancellationToken: stop.Token);
    StorageVolume volume = await pool.LookupVolumeByNameAsync(args[2], cancellationToken: stop.Token);

    long bytes = await volume.DownloadToFileAsync(args[3], new TransferOptions { Progress = new Display() }, stop.Token);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{args[3]}: {bytes} bytes"));
    return 0;
}
catch (LibvirtException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped; the file holds a part");
    return 1;
}

// Written in place: Progress<T> would hand the reports to the thread pool, where one could overtake another.
internal sealed class Display : IProgress<TransferProgress>
{
    public void Report(TransferProgress value) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{100.0 * value.Bytes / Math.Max(1, value.Total ?? value.Bytes),5:0.0} %  {value.BytesPerSecond / 1_000_000:0.0} MB/s"));
}
