using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Output;
using Libvirt.Cli.Storage;
using Libvirt.Streams;

namespace Libvirt.Cli.Transfers;

/// <summary>A command that moves a volume's content from or to a file.</summary>
internal abstract class TransferCommand : VolumeCommand
{
    private readonly Argument<string> _file = new("FILE");
    private readonly Option<ulong?> _offset = SizeOption.Create("--offset", "Where in the volume it begins");
    private readonly Option<ulong?> _length = SizeOption.Create("--length", "How much is moved");
    private readonly Option<bool> _sparse = new("--sparse") { Description = "Do not move holes, but make them at the other end, too." };

    protected TransferCommand(string name, string description, string file)
        : base(name, description)
    {
        _file.Description = file;
        Add(_file);
        Add(_offset);
        Add(_length);
        Add(_sparse);
    }

    /// <summary>Moves the content.</summary>
    /// <returns>How many bytes of the volume that were, holes included.</returns>
    protected abstract ValueTask<long> MoveAsync(StorageVolume volume, string file, bool sparse, TransferOptions options, CancellationToken cancellationToken);

    /// <summary>The options of the command's own.</summary>
    protected virtual TransferOptions Configure(TransferOptions options, Invocation invocation) => options;

    /// <summary>What was done, for people.</summary>
    protected abstract string Done(StorageVolume volume, string file, long bytes);

    protected sealed override void CheckArguments(Invocation invocation)
    {
        if (invocation.Get(_offset) > long.MaxValue || invocation.Get(_length) > long.MaxValue)
            throw new UsageException("no volume is as large as that");
        if (invocation.Get(_length) is 0)
            throw new UsageException("--length is 1 at least; leave it out to move everything");
        CheckFile(invocation.Get(_file)!);
    }

    /// <summary>Looks at the file before anything is sent.</summary>
    /// <exception cref="UsageException">It cannot be used.</exception>
    protected abstract void CheckFile(string file);

    protected sealed override async Task RunAsync(Invocation invocation, StorageVolume volume)
    {
        string file = invocation.Get(_file)!;
        long bytes = 0;
        try
        {
            await ProgressDisplay.RunAsync(volume.Name, invocation.IsQuiet, async progress =>
            {
                TransferOptions options = new()
                {
                    Offset = (long)(invocation.Get(_offset) ?? 0),
                    Length = (long?)invocation.Get(_length),
                    Progress = progress,
                };
                bytes = await MoveAsync(volume, file, invocation.Get(_sparse), Configure(options, invocation), invocation.CancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is EndOfStreamException or UnauthorizedAccessException)
        {
            throw new UsageException(failure.Message, failure);
        }

        invocation.Output.Done(Done(volume, file, bytes), [.. StorageFields.Subject(volume), Field.Of("bytes", "Bytes", bytes)]);
    }
}
