using Xunit;

namespace Libvirt.Simulator.Tests;

public sealed class SparseMemoryTests
{
    private const int Block = SparseMemory.BlockSize;

    [Fact]
    public void What_was_never_written_is_one_hole()
    {
        SparseMemory memory = new(10L << 40);

        VolumePiece piece = Assert.Single(memory.Read(0, long.MaxValue, 1 << 16, holes: true));

        Assert.Equal((true, 10L << 40), (piece.IsHole, piece.Length));
    }

    [Fact]
    public void Holes_and_data_take_turns()
    {
        SparseMemory memory = new(10 * Block);
        memory.Write(3 * Block + 5, [1, 2, 3]);
        memory.Write(4 * Block, [4]);

        (bool, long)[] pieces = [.. memory.Read(0, long.MaxValue, int.MaxValue, holes: true).Select(p => (p.IsHole, p.Length))];

        Assert.Equal([(true, 3 * Block), (false, 2 * Block), (true, 5 * Block)], pieces);
    }

    [Theory]
    [InlineData(0, 10 * Block, 1000)]
    [InlineData(7, 3 * Block, 65537)]
    [InlineData(Block - 1, 2, 1)]
    public void Any_reading_gives_what_was_written(long position, long length, int maxPiece)
    {
        byte[] expected = new byte[10 * Block];
        new Random(7).NextBytes(expected.AsSpan(Block, 3 * Block));
        new Random(8).NextBytes(expected.AsSpan(8 * Block - 100, 200));
        SparseMemory memory = new(expected.Length);
        memory.Write(Block, expected.AsSpan(Block, 3 * Block));
        memory.Write(8 * Block - 100, expected.AsSpan(8 * Block - 100, 200));

        foreach (bool holes in (bool[])[true, false])
        {
            List<byte> read = [];
            foreach (VolumePiece piece in memory.Read(position, length, maxPiece, holes))
                read.AddRange(piece.IsHole ? new byte[piece.Length] : piece.Data.ToArray());
            Assert.Equal(expected.AsSpan((int)position, (int)length).ToArray(), read.ToArray());
        }
    }

    [Fact]
    public void A_punched_stretch_gives_its_whole_blocks_back()
    {
        SparseMemory memory = new(0);
        memory.Write(0, Enumerable.Repeat((byte)9, 4 * Block).ToArray());

        memory.Punch(Block / 2, 2 * Block);

        Assert.Equal(3 * Block, memory.Allocated);
        byte[] read = [.. memory.Read(0, long.MaxValue, int.MaxValue, holes: false).SelectMany(p => p.Data.ToArray())];
        Assert.Equal(2 * Block, read.Count(b => b == 0));
        Assert.Equal((9, 0, 0, 9), (read[Block / 2 - 1], read[Block / 2], read[Block / 2 + 2 * Block - 1], read[Block / 2 + 2 * Block]));
    }

    [Fact]
    public void What_was_cut_off_does_not_come_back()
    {
        SparseMemory memory = new(0);
        memory.Write(0, Enumerable.Repeat((byte)9, 2 * Block).ToArray());

        memory.Resize(10);
        memory.Resize(2 * Block);

        byte[] read = [.. memory.Read(0, long.MaxValue, int.MaxValue, holes: false).SelectMany(p => p.Data.ToArray())];
        Assert.Equal((2 * Block, 10), (read.Length, read.Count(b => b == 9)));
    }
}
