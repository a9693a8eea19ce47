using System.Runtime.InteropServices;

namespace Actors.Embedded.Diagnostics;

/// <summary>A counter that many threads increment without sharing a cache line.</summary>
internal sealed class StripedCounter
{
    private readonly Stripe[] _stripes = new Stripe[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];

    public void Increment() =>
        Interlocked.Increment(ref _stripes[Thread.GetCurrentProcessorId() & (_stripes.Length - 1)].Value);

    public long Read()
    {
        long sum = 0;
        for (int i = 0; i < _stripes.Length; i++)
            sum += Interlocked.Read(ref _stripes[i].Value);
        return sum;
    }

    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Stripe
    {
        [FieldOffset(64)]
        public long Value;
    }
}
