using System.Globalization;
using Libvirt.Cli.Storage;
using Libvirt.Streams;

namespace Libvirt.Cli.Transfers;

/// <summary>Writes a line for each tenth of a transfer, or for each gigabyte where nobody knows its size.</summary>
internal sealed class ProgressLines(string name, TextWriter output) : IProgress<TransferProgress>
{
    private const int Steps = 10;
    private const long UnknownStep = 1L << 30;

    private long _step;

    public void Report(TransferProgress value)
    {
        long step = value.Total is { } total ? (total == 0 ? Steps : value.Bytes * Steps / total) : value.Bytes / UnknownStep;
        if (step <= _step)
            return;
        _step = step;
        string whole = value.Total is { } size
            ? string.Create(CultureInfo.InvariantCulture, $" of {ByteSize.Text((ulong)size)} ({Math.Min(100, 100.0 * value.Bytes / Math.Max(size, 1)):0}%)")
            : "";
        output.WriteLine($"{name}: {ByteSize.Text((ulong)value.Bytes)}{whole}, {ByteSize.Text((ulong)value.BytesPerSecond)}/s");
    }
}
