using System.Security.Cryptography;

namespace Libvirt.Integration.Streams;

/// <summary>Random bytes of any number, the same for the same seed, read in odd sizes. Its length is not known to who reads it; it knows its hash afterwards.</summary>
internal sealed class RandomContent(long length, int seed) : Stream
{
    private readonly Random _content = new(seed);
    private readonly Random _sizes = new(seed);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _left = length;

    public byte[] Hash => _hash.GetCurrentHash();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(_left, Math.Min(buffer.Length, (2 * _sizes.Next(100_000)) + 1));
        _content.NextBytes(buffer[..count]);
        _hash.AppendData(buffer[..count]);
        _left -= count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
