using Libvirt.Cli.Failures;
using Libvirt.Streams;

namespace Libvirt.Cli.Transfers;

/// <summary><c>vol-download</c>: a volume's content into a file.</summary>
internal sealed class VolDownloadCommand() : TransferCommand(
    "vol-download", "Download the content of a volume into a file.", "The file. It is made anew, and removed again where the download fails.")
{
    protected override void CheckFile(string file)
    {
        if (Directory.Exists(file))
            throw new UsageException($"'{file}' is a directory");
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } directory && !Directory.Exists(directory))
            throw new UsageException($"there is no directory '{directory}'");
    }

    protected override async ValueTask<long> MoveAsync(
        StorageVolume volume, string file, bool sparse, TransferOptions options, CancellationToken cancellationToken)
    {
        bool isNew = !File.Exists(file);
        try
        {
            if (sparse)
                return await volume.DownloadToFileAsync(file, options, cancellationToken).ConfigureAwait(false);
            FileStream target = File.Create(file);
            await using (target.ConfigureAwait(false))
            {
                return await volume.DownloadAsync(target, options, cancellationToken).ConfigureAwait(false);
            }
        }
        catch when (isNew)
        {
            // Half a volume looks like a whole one.
            File.Delete(file);
            throw;
        }
    }

    protected override string Done(StorageVolume volume, string file, long bytes) => $"Vol {volume.Name} downloaded to {file}, {bytes} bytes";
}
