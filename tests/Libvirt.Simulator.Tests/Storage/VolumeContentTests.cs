using Libvirt.Testing;
using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>Content in memory and content in a file are the same to whoever reads it, whatever was done to them.</summary>
public sealed class VolumeContentTests
{
    private const int Most = 5 * SparseMemory.BlockSize;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Memory_and_file_hold_the_same(int seed)
    {
        Random random = new(seed);
        SparseMemory memory = new(1000);
        SparseFile file = SparseFile.Create(Scratch.NewPath("content"), 1000);

        for (int step = 0; step < 200; step++)
        {
            Action<VolumeContent> change = Change(random);
            change(memory);
            change(file);

            int position = random.Next(Most), length = random.Next(Most), piece = random.Next(1, Most);
            byte[] expected = Bytes(memory, position, length, piece, holes: false);
            Assert.Equal(memory.Length, file.Length);
            Assert.Equal(expected, Bytes(memory, position, length, piece, holes: true));
            Assert.Equal(expected, Bytes(file, position, length, piece, holes: false));
            Assert.Equal(expected, Bytes(file, position, length, piece, holes: true));
        }
    }

    [Fact]
    public void A_copy_has_the_same_bytes_and_holes()
    {
        SparseFile file = SparseFile.Create(Scratch.NewPath("content"), 1L << 40);
        file.Write((1L << 39) + 7, "deep"u8);
        SparseMemory copy = new(file.Length);

        file.CopyTo(copy);

        Assert.Equal("deep"u8.ToArray(), Bytes(copy, (1L << 39) + 7, 4, 4, holes: false));
        Assert.InRange(copy.Allocated, 1, 2 * SparseMemory.BlockSize);
        Assert.InRange(file.Allocated, 4, 2 * SparseMemory.BlockSize);
    }

    [Fact]
    public void A_punched_file_gives_room_back()
    {
        SparseFile file = SparseFile.Create(Scratch.NewPath("content"), 0);
        file.Write(0, Enumerable.Repeat((byte)9, 16 * SparseMemory.BlockSize).ToArray());

        file.Punch(0, 15 * SparseMemory.BlockSize);

        Assert.InRange(file.Allocated, SparseMemory.BlockSize, 4 * SparseMemory.BlockSize);
        Assert.Equal(16 * SparseMemory.BlockSize, file.Length);
    }

    private static Action<VolumeContent> Change(Random random)
    {
        int position = random.Next(Most);
        switch (random.Next(3))
        {
            case 0:
                byte[] data = new byte[random.Next(Most / 2)];
                random.NextBytes(data);
                return content => content.Write(position, data);
            case 1:
                int length = random.Next(Most / 2);
                return content => content.Punch(position, length);
            default:
                return content => content.Resize(position);
        }
    }

    private static byte[] Bytes(VolumeContent content, long position, long length, int piece, bool holes) =>
        [.. content.Read(position, length, piece, holes).SelectMany(p => p.IsHole ? new byte[p.Length] : p.Data.ToArray())];
}
