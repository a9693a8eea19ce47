using Libvirt.Streams;
using Libvirt.Testing;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Tests.Streams;

/// <summary>What an upload gets of a file, and what of one that changes meanwhile.</summary>
public sealed class FileSourceTests
{
    private const int Size = (3 * 1024 * 1024) + 12345;

    private readonly string _path = Scratch.NewPath("source");

    [Fact]
    public async Task All_of_it_comes_in_packets()
    {
        byte[] content = await WriteAsync(Size);
        using SafeFileHandle file = File.OpenHandle(_path);
        using FileSource source = new(file);

        using MemoryStream seen = new();
        Assert.Equal(Size, source.Length);
        Assert.Equal(0, await ReadAsync(source, seen));
        Assert.Equal(content, seen.ToArray());
    }

    [Fact]
    public async Task Holes_come_as_holes_wherever_they_are()
    {
        byte[] content = await WriteAsync(4096);
        await using (FileStream writing = File.OpenWrite(_path))
        {
            writing.Position = 1L << 30;
            await writing.WriteAsync(content);
            writing.SetLength(1L << 31);
        }

        using SafeFileHandle file = File.OpenHandle(_path);
        using FileSource source = new(file);
        using MemoryStream seen = new();
        long holes = await ReadAsync(source, seen);

        Assert.Equal(1L << 31, holes + seen.Length);
        Assert.InRange(seen.Length, 2 * 4096, 2 * 1024 * 1024);
        Assert.Equal(content, seen.ToArray()[..4096]);
    }

    [Fact]
    public async Task It_goes_back_in_the_middle_of_a_piece()
    {
        byte[] content = await WriteAsync(Size);
        using SafeFileHandle file = File.OpenHandle(_path);
        using FileSource source = new(file);
        for (int i = 0; i < 6; i++)
            await source.ReadAsync(long.MaxValue, default);

        source.RewindTo(123_457);

        using MemoryStream seen = new();
        await ReadAsync(source, seen);
        Assert.Equal(content[123_457..], seen.ToArray());
    }

    [Fact]
    public async Task No_more_comes_than_is_asked_for()
    {
        byte[] content = await WriteAsync(Size);
        using SafeFileHandle file = File.OpenHandle(_path);
        using FileSource source = new(file);

        VolumeSection section = await source.ReadAsync(5, default);

        Assert.Equal(content[..5], section.Data.ToArray());
        Assert.Equal(content[5], (await source.ReadAsync(1, default)).Data.Span[0]);
    }

    [Fact]
    public async Task One_that_grows_is_as_long_as_it_was()
    {
        byte[] content = await WriteAsync(Size);
        using SafeFileHandle file = File.OpenHandle(_path);
        using FileSource source = new(file);

        await File.AppendAllTextAsync(_path, "more");

        using MemoryStream seen = new();
        await ReadAsync(source, seen);
        Assert.Equal(content, seen.ToArray());
    }

    [Fact]
    public async Task What_one_has_lost_is_its_end_and_no_hole()
    {
        byte[] content = await WriteAsync(Size);
        using SafeFileHandle file = File.OpenHandle(_path);
        using FileSource source = new(file);

        await using (FileStream shorter = new(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            shorter.SetLength(5);

        using MemoryStream seen = new();
        Assert.Equal(0, await ReadAsync(source, seen));
        Assert.Equal(content[..5], seen.ToArray());
    }

    [Fact]
    public async Task One_that_cannot_be_read_says_so_to_whoever_reads()
    {
        await WriteAsync(Size);
        using SafeFileHandle file = File.OpenHandle(_path, access: FileAccess.Write);
        using FileSource source = new(file);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await source.ReadAsync(long.MaxValue, default));
    }

    private async Task<byte[]> WriteAsync(int size)
    {
        byte[] content = new byte[size];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(_path, content);
        return content;
    }

    /// <summary>Reads to the end; how much of it were holes.</summary>
    private static async Task<long> ReadAsync(FileSource source, MemoryStream seen)
    {
        long holes = 0;
        while (await source.ReadAsync(long.MaxValue, default) is { Length: > 0 } section)
        {
            Assert.InRange(section.Data.Length, 0, StreamPort.MaxPacket);
            seen.Write(section.Data.Span);
            holes += section.IsHole ? section.Length : 0;
        }

        return holes;
    }
}
