using System.Buffers;

namespace Libvirt.Streams;

/// <summary>
/// Memory that is never recycled: what a source gives out stays valid for as long as anything refers to it, behind whichever buffers and asynchronous
/// boundaries it passes. The garbage collector reclaims it.
/// </summary>
internal sealed class FreshMemory : MemoryPool<byte>
{
    private FreshMemory()
    {
    }

    /// <summary>The only one.</summary>
    public static FreshMemory Pool { get; } = new();

    public override int MaxBufferSize => Array.MaxLength;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => new Owner(minBufferSize < 0 ? 4096 : minBufferSize);

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Owner(int size) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(size);

        public void Dispose()
        {
            // The reader may still use it.
        }
    }
}
