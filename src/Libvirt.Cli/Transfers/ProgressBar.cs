using System.Globalization;
using Libvirt.Cli.Storage;
using Libvirt.Streams;

namespace Libvirt.Cli.Transfers;

/// <summary>Draws one line of a terminal again and again: how far a transfer is, and how fast. A transfer of unknown size has no bar.</summary>
internal sealed class ProgressBar(string name, TextWriter output, TimeProvider time) : IProgress<TransferProgress>
{
    private const int Cells = 30;
    private const string ClearLine = "\r\e[K";

    // People do not read faster.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private long? _drawn;

    public void Report(TransferProgress value)
    {
        bool isLast = value.Bytes >= value.Total;
        if (!isLast && _drawn is { } last && time.GetElapsedTime(last) < Pause)
            return;
        _drawn = time.GetTimestamp();
        output.Write($"{ClearLine}{name} {Whole(value)}{ByteSize.Text((ulong)value.Bytes)}  {ByteSize.Text((ulong)value.BytesPerSecond)}/s");
    }

    /// <summary>Leaves the line, if one was drawn.</summary>
    public void End()
    {
        if (_drawn is not null)
            output.WriteLine();
    }

    private static string Whole(TransferProgress value)
    {
        if (value.Total is not > 0)
            return "";
        // A volume may grow while it is transferred.
        double part = Math.Min(1, (double)value.Bytes / value.Total.Value);
        int full = (int)(part * Cells);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('-', Cells - full)}] {part * 100:0}%  ");
    }
}
