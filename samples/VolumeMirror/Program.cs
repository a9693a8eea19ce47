using System.Globalization;
using System.Security;
using Akka.Streams;
using Akka.Streams.Dsl;
using Libvirt;
using Libvirt.Streams;

if (args.Length != 5)
{
    Console.Error.WriteLine("usage: VolumeMirror FROM-URI POOL VOLUME TO-URI POOL");
    return 2;
}

// Graphs and connections run in one actor system. A program that has one uses LibvirtRuntime.For(system).
await using LibvirtRuntime runtime = LibvirtRuntime.Create("mirror");
try
{
    await using Hypervisor from = await runtime.ConnectAsync(args[0]);
    await using Hypervisor to = await runtime.ConnectAsync(args[3]);
    StoragePool sourcePool = await from.LookupStoragePoolByNameAsync(args[1]);
    StorageVolume source = await sourcePool.LookupVolumeByNameAsync(args[2]);
    StoragePool targetPool = await to.LookupStoragePoolByNameAsync(args[4]);
    long size = (long)(await source.GetInfoAsync()).Capacity;
    StorageVolume target = await targetPool.CreateVolumeXmlAsync(
        $"<volume><name>{SecurityElement.Escape(source.Name)}</name><capacity>{size}</capacity><allocation>0</allocation><target><format type='raw'/></target></volume>");

    (TransferControl read, TransferControl written) = source.SparseDownloadSource()
        .ToMaterialized(target.SparseUploadSink(), Keep.Both)
        .Run(runtime.System.Materializer());
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        read.Abort();
    };

    await ShowAsync(written, size);
    await written.Completion;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {written.Bytes} bytes"));
    return 0;
}
catch (LibvirtException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped; the new volume holds a part");
    return 1;
}

// Until the transfer has ended, however it did.
static async Task ShowAsync(TransferControl transfer, long size)
{
    using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(500));
    do
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100.0 * transfer.Bytes / Math.Max(1, size),5:0.0} %"));
    while (await Task.WhenAny(transfer.Completion, timer.WaitForNextTickAsync().AsTask()) != transfer.Completion);
}
