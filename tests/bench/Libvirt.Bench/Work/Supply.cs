namespace Libvirt.Bench.Work;

/// <summary>Gives the same megabyte again and again, copied as reading copies, until so many bytes are gone.</summary>
internal sealed class Supply : Stream
{
    private readonly byte[] _content = new byte[1 << 20];
    private readonly long _length;
    private long _position;

    public Supply(long length)
    {
        _length = length;
        _content.AsSpan().Fill(0x5a);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(Math.Min(buffer.Length, _content.Length), _length - _position);
        _content.AsSpan(0, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
