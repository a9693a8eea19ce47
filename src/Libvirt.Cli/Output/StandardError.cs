using System.Text;

namespace Libvirt.Cli.Output;

/// <summary>Standard error. What cannot be written there is lost: the exit code says as much, and nobody reads more.</summary>
internal static class StandardError
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes text at once, from any thread.</summary>
    public static TextWriter Text => field ??= TextWriter.Synchronized(new StreamWriter(Open(), Utf8) { AutoFlush = true });

    /// <summary>Opens it for bytes.</summary>
    public static Stream Open() => new Lossy(Console.OpenStandardError());

    private sealed class Lossy(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                inner.Write(buffer);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // It is closed, or its disk is full.
            }
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
