using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Libvirt.Integration.Streams;

/// <summary>A picture as its own header describes it. Reading it fails unless every pixel is there and nothing behind them.</summary>
internal sealed record Picture(int Width, int Height)
{
    public static Picture Read(string? mimeType, ReadOnlySpan<byte> bytes) => mimeType switch
    {
        "image/png" => ReadPng(bytes),
        "image/x-portable-pixmap" => ReadPixmap(bytes),
        _ => throw new InvalidDataException($"'{mimeType}' is no format that QEMU makes."),
    };

    private static Picture ReadPng(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], bytes[..8].ToArray());
        using MemoryStream pixels = new();
        ReadOnlySpan<byte> header = [];
        for (int at = 8; ;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
            string type = Encoding.ASCII.GetString(bytes.Slice(at + 4, 4));
            ReadOnlySpan<byte> data = bytes.Slice(at + 8, length);
            at += length + 12;
            if (type == "IHDR")
                header = data;
            else if (type == "IDAT")
                pixels.Write(data);
            else if (type == "IEND")
            {
                Assert.Equal(bytes.Length, at);
                break;
            }
        }

        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        int channels = header[9] switch { 0 => 1, 2 => 3, 6 => 4, byte other => throw new InvalidDataException($"Colour type {other}.") };
        pixels.Position = 0;
        using MemoryStream plain = new();
        using (ZLibStream inflated = new(pixels, CompressionMode.Decompress))
            inflated.CopyTo(plain);
        Assert.Equal(height * (1L + ((long)width * channels * header[8] / 8)), plain.Length);
        return new Picture(width, height);
    }

    private static Picture ReadPixmap(ReadOnlySpan<byte> bytes)
    {
        // P6, width and height, the largest value, each line ended by a newline.
        int end = 0;
        for (int lines = 0; lines < 3; lines++)
            end += bytes[end..].IndexOf((byte)'\n') + 1;
        string[] words = Encoding.ASCII.GetString(bytes[..end]).Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("P6", "255"), (words[0], words[3]));
        Picture picture = new(int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
        Assert.Equal(end + (3L * picture.Width * picture.Height), bytes.Length);
        return picture;
    }
}
