using System.Buffers;
using System.IO.Pipelines;
using Libvirt.Streams;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Cli.Consoles;

/// <summary>Carries keys to a console and shows what it prints, until one of both ends or the escape character is typed.</summary>
internal sealed class ConsoleSession(LibvirtStream console)
{
    /// <summary>Ctrl+], as in virsh and telnet.</summary>
    public const byte Escape = 0x1D;

    private const int StandardInput = 0;

    /// <summary>Returns when the user has detached or the console has ended.</summary>
    /// <exception cref="LibvirtException">The console was lost.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task showing = ShowAsync(ending.Token);
        // A read from a terminal cannot be given up: the last one stays behind, and goes with the process.
        Task typing = Task.Run(() => TypeAsync(ending.Token), CancellationToken.None);
        Task first = await Task.WhenAny(showing, typing, Task.Delay(Timeout.Infinite, ending.Token)).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        // A key that was pressed meanwhile ends the typing, too, and must not pass for the user's own end.
        cancellationToken.ThrowIfCancellationRequested();
        await first.ConfigureAwait(false);
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        using Stream output = Console.OpenStandardOutput();
        while (true)
        {
            ReadResult result = await console.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (ReadOnlyMemory<byte> piece in result.Buffer)
                output.Write(piece.Span);
            output.Flush();
            console.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return;
        }
    }

    // .NET's own console stream would wait for whole lines of a terminal.
    private async Task TypeAsync(CancellationToken cancellationToken)
    {
        using SafeFileHandle descriptor = new(StandardInput, ownsHandle: false);
        using FileStream input = new(descriptor, FileAccess.Read, bufferSize: 0);
        byte[] keys = new byte[1024];
        int count;
        while ((count = input.Read(keys)) > 0 && !cancellationToken.IsCancellationRequested)
        {
            int escape = keys.AsSpan(0, count).IndexOf(Escape);
            console.Output.Write(keys.AsSpan(0, escape < 0 ? count : escape));
            await console.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (escape >= 0)
                return;
        }
    }
}
