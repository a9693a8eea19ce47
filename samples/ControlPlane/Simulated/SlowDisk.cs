using System.Diagnostics;

namespace ControlPlane.Simulated;

/// <summary>Takes so many bytes a second and no more: the download waits for it, and with it the hypervisor, in a bound of memory.</summary>
internal sealed class SlowDisk(double bytesPerSecond) : Stream
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private double _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Delay(TimeToTake(buffer.Length), cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Thread.Sleep(TimeToTake(count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private TimeSpan TimeToTake(int bytes)
    {
        _written += bytes;
        TimeSpan early = TimeSpan.FromSeconds(_written / bytesPerSecond) - Stopwatch.GetElapsedTime(_start);
        return early > TimeSpan.Zero ? early : TimeSpan.Zero;
    }
}
