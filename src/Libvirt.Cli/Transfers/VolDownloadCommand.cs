using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Streams;

namespace Libvirt.Cli.Transfers;

/// <summary><c>vol-download</c>: a volume's content into a file.</summary>
internal sealed class VolDownloadCommand : TransferCommand
{
    private readonly Option<bool> _exclusive = new("--exclusive") { Description = "Fail if FILE exists, and do not follow a symbolic link." };

    public VolDownloadCommand()
        : base(
            "vol-download",
            "Download the content of a volume into a file.",
            "The file. An existing one is overwritten, also behind a symbolic link; a new one has the mode that the umask leaves, and is removed if the download fails.")
    {
        Add(_exclusive);
    }

    protected override TransferOptions Configure(TransferOptions options, Invocation invocation) => options with { Exclusive = invocation.Get(_exclusive) };

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
        if (options.Exclusive && Path.Exists(file))
            throw new UsageException($"'{file}' exists already");
        bool isNew = !File.Exists(file);
        try
        {
            if (sparse)
                return await volume.DownloadToFileAsync(file, options, cancellationToken).ConfigureAwait(false);
            FileStream target = new(file, options.Exclusive ? FileMode.CreateNew : FileMode.Create);
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
