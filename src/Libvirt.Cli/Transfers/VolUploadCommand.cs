using Libvirt.Cli.Failures;
using Libvirt.Streams;

namespace Libvirt.Cli.Transfers;

/// <summary><c>vol-upload</c>: a file's content into a volume.</summary>
internal sealed class VolUploadCommand() : TransferCommand("vol-upload", "Upload the content of a file into a volume.", "The file.")
{
    protected override void CheckFile(string file)
    {
        try
        {
            File.OpenHandle(file).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"the file '{file}' cannot be read: {failure.Message}", failure);
        }
    }

    protected override async ValueTask<long> MoveAsync(
        StorageVolume volume, string file, bool sparse, TransferOptions options, CancellationToken cancellationToken)
    {
        if (sparse)
            return await volume.UploadFromFileAsync(file, options, cancellationToken).ConfigureAwait(false);
        FileStream source = File.OpenRead(file);
        await using (source.ConfigureAwait(false))
        {
            return await volume.UploadAsync(source, options, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override string Done(StorageVolume volume, string file, long bytes) => $"Vol {volume.Name} uploaded from {file}, {bytes} bytes";
}
