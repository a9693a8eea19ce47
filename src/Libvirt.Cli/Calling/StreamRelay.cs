using Libvirt.Cli.Failures;
using Libvirt.Cli.Input;
using Libvirt.Streams;

namespace Libvirt.Cli.Calling;

/// <summary>Moves a call's stream between the daemon and the files that the command line names.</summary>
internal sealed class StreamRelay : IAsyncDisposable
{
    private readonly Stream? _source;
    private readonly Stream? _target;

    private StreamRelay(Stream? source, Stream? target) => (_source, _target) = (source, target);

    /// <summary>Opens both ends, before the call is made.</summary>
    /// <exception cref="UsageException">A file cannot be opened.</exception>
    public static StreamRelay Open(CallTraffic traffic)
    {
        Stream? source = traffic.Source is { } from
            ? OpenFile(from, Console.OpenStandardInput, () => new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read))
            : null;
        try
        {
            Stream? target = traffic.Target is { } to
                ? OpenFile(to, Console.OpenStandardOutput, () => new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None))
                : null;
            return new StreamRelay(source, target);
        }
        catch
        {
            source?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Moves the data until the daemon has ended the stream; what only takes data ends when the daemon has worked off the last of it. The stream is ended
    /// in any case.
    /// </summary>
    public async Task RunAsync(LibvirtStream stream, CancellationToken cancellationToken)
    {
        await using (stream.ConfigureAwait(false))
        {
            Task receiving = _target is null ? Task.CompletedTask : ReceiveAsync(stream, _target, cancellationToken);
            Task sending = _source is null ? Task.CompletedTask : SendAsync(stream, _source, cancellationToken);
            if (_target is null)
            {
                await sending.ConfigureAwait(false);
                await stream.CompleteAsync(cancellationToken).ConfigureAwait(false);
                return;
            }

            // A console may end while standard input still waits for the next line.
            await (await Task.WhenAny(sending, receiving).ConfigureAwait(false)).ConfigureAwait(false);
            await receiving.ConfigureAwait(false);
        }
    }

    /// <summary>Closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync().ConfigureAwait(false);
        if (_target is not null)
            await _target.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task ReceiveAsync(LibvirtStream stream, Stream target, CancellationToken cancellationToken)
    {
        await stream.Input.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        await target.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task SendAsync(LibvirtStream stream, Stream source, CancellationToken cancellationToken)
    {
        // Standard input may never say more, and waiting for it cannot be called off: an interrupt leaves it to its thread.
        await source.CopyToAsync(stream.Output.AsStream(leaveOpen: true), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        await stream.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Stream OpenFile(string name, Func<Stream> openStandard, Func<Stream> openFile)
    {
        try
        {
            return name == TextInput.StandardInput ? openStandard() : openFile();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"the file '{name}' cannot be opened: {failure.Message}", failure);
        }
    }
}
